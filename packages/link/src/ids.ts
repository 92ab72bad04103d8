import {
  type AgentId,
  type CommandId,
  type Id,
  isId,
  type OrganisationId,
  type StreamId,
  type ThingId,
} from '@vakhta/kernel';
import * as z from 'zod';

const idSchema = <T extends Id<string>>() =>
  z.string().refine((text): text is T => isId(text), 'must be a UUID');

export const AgentIdSchema = idSchema<AgentId>();
export const CommandIdSchema = idSchema<CommandId>();
export const OrganisationIdSchema = idSchema<OrganisationId>();
export const StreamIdSchema = idSchema<StreamId>();
export const ThingIdSchema = idSchema<ThingId>();

/** Milliseconds since the Unix epoch. */
export const InstantSchema = z.number().int().nonnegative();
/** Position in a stream, from 1. */
export const SeqSchema = z.number().int().positive();
