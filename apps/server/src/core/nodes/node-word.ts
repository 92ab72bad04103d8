import { LiveMessage } from '@vakhta/api';
import type { AgentId, OrganisationId } from '@vakhta/kernel';
import * as z from 'zod';

const organisation = z.uuid().transform((id) => id as OrganisationId);
const agent = z.uuid().transform((id) => id as AgentId);

/** What nodes tell each other of what has been committed; each is a hint at what stands in the database. */
export const NodeWord = z.discriminatedUnion('is', [
  /** For the panels of an organisation. */
  z.object({
    is: z.literal('live'),
    organisation,
    message: LiveMessage,
    address: z.object({ thing: z.string().optional(), batch: z.string().nullable().optional() }).optional(),
  }),
  z.object({
    is: z.literal('confirmed'),
    organisation,
    things: z.array(z.tuple([z.string(), z.string()])),
  }),
  /** Commands wait for these agents. */
  z.object({ is: z.literal('deliver'), agents: z.array(z.uuid()) }),
  /** What these agents look after has changed. */
  z.object({ is: z.literal('assign'), agents: z.array(z.uuid()) }),
  /** Their keys were taken back. */
  z.object({ is: z.literal('revoked'), agent }),
  /** It is connected to the node that says so. */
  z.object({ is: z.literal('connected'), agent }),
  /** Settings of the desk were changed. */
  z.object({ is: z.literal('settings') }),
  /** Something was too long to be told. */
  z.object({ is: z.literal('tooLong') }),
]);
export type NodeWord = z.infer<typeof NodeWord>;
