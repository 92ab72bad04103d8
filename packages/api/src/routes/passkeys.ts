import * as z from 'zod';
import { Id, JsonValue, Name, Time } from '../fields.ts';
import { pageOf } from '../page.ts';
import { route } from '../route.ts';
import { Session } from './session.ts';

export const Passkey = z.object({ id: Id, name: z.string(), createdAt: Time });
export type Passkey = z.infer<typeof Passkey>;

/** What `navigator.credentials` is asked with, as the browser's `parse…OptionsFromJSON` takes it (WebAuthn 3 §5.1). */
const Challenge = z.object({ options: JsonValue });

const base64url = z
  .string()
  .regex(/^[\w-]*$/)
  .max(20_000);
const credential = {
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: z
    .enum(['platform', 'cross-platform'])
    .nullish()
    .transform((value) => value ?? undefined),
  clientExtensionResults: z.record(z.string(), JsonValue).transform(() => ({})),
};

/** `PublicKeyCredential.toJSON()` of one that was made; members that we do not read are let through and dropped. */
export const MadeCredential = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(40)).max(10).default([]),
  }),
});
export type MadeCredential = z.infer<typeof MadeCredential>;

/** `PublicKeyCredential.toJSON()` of one that proves itself. */
export const ProvenCredential = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
  }),
});
export type ProvenCredential = z.infer<typeof ProvenCredential>;

const params = z.object({ passkey: Id });

/** Passkeys: a device with a finger, a face or a PIN in place of the password. */
export const passkeyRoutes = {
  challengeToSignIn: route({
    method: 'POST',
    path: '/session/passkey/challenge',
    summary: 'Begin to sign in by a passkey',
    access: 'public',
    response: Challenge,
  }),
  signInByPasskey: route({
    method: 'POST',
    path: '/session/passkey',
    summary: 'Sign in by a passkey; sets the session cookie',
    access: 'public',
    body: z.strictObject({ credential: ProvenCredential }),
    response: Session,
  }),
  listPasskeys: route({
    method: 'GET',
    path: '/account/passkeys',
    summary: 'Your passkeys',
    access: 'session',
    response: pageOf(Passkey),
  }),
  challengeToAddPasskey: route({
    method: 'POST',
    path: '/account/passkeys/challenge',
    summary: 'Begin to add a passkey; asks for the password',
    access: 'session',
    body: z.strictObject({ password: z.string().min(1).max(200) }),
    response: Challenge,
  }),
  addPasskey: route({
    method: 'POST',
    path: '/account/passkeys',
    summary: 'Add a passkey',
    access: 'session',
    status: 201,
    body: z.strictObject({ name: Name, credential: MadeCredential }),
    response: Passkey,
  }),
  renamePasskey: route({
    method: 'PATCH',
    path: '/account/passkeys/{passkey}',
    summary: 'Rename a passkey',
    access: 'session',
    status: 204,
    params,
    body: z.strictObject({ name: Name }),
  }),
  removePasskey: route({
    method: 'DELETE',
    path: '/account/passkeys/{passkey}',
    summary: 'Remove a passkey',
    access: 'session',
    status: 204,
    params,
  }),
} as const;
