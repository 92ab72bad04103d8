import type { Session } from '@vakhta/api';
import type { Clock } from '@vakhta/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Entered, Identity } from '../../platform/identity/identity.ts';
import type { AuditPerson } from './audit-person.ts';
import { setCookies } from './set-cookies.ts';
import { viewSession } from './view-session.ts';
import { visitorOf } from './visitor-of.ts';

export interface LetInDeps {
  identity: Identity;
  auditPerson: AuditPerson;
  clock: Clock;
}

/** Somebody has proven who they are: they get their cookies, and it stands in their history and in the audit. */
export async function letIn(
  { identity, auditPerson, clock }: LetInDeps,
  { person, by, cookies }: Entered,
  { raw, reply }: { raw: FastifyRequest; reply: FastifyReply },
): Promise<Session> {
  setCookies(reply, cookies);
  await identity.signIns.note(person.id, { outcome: 'let_in', by }, visitorOf(raw), clock.now());
  const memberships = await auditPerson(person.id, 'session.started');
  const secondFactor = await identity.secondFactor.isOn(person.id);
  return viewSession({ ...person, secondFactor }, memberships, by);
}
