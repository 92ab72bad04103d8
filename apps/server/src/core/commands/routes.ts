import { commandRoutes as routes } from '@vakhta/api';
import type { Clock, Random, ThingId } from '@vakhta/kernel';
import { API_PREFIX } from '../../platform/http/api-server.ts';
import { HttpProblem, notFound } from '../../platform/http/http-problem.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { Api } from '../access/api.ts';
import type { MemberNames } from '../access/member-names.ts';
import type { Principal } from '../access/principal.ts';
import type { AgentLink } from '../link/agent-link.ts';
import { announceCommands } from '../live/announce.ts';
import type { LiveHub } from '../live/hub.ts';
import type { PictureStore } from '../pictures/picture-store.ts';
import { selectCommands, summariseBatch, thingsOfGroup, viewCommand } from './command-store.ts';
import { type CommandRequest, requestCommands } from './request.ts';

export interface CommandRouteDeps {
  database: Database;
  clock: Clock;
  random: Random;
  hub: LiveHub;
  link: AgentLink;
  pictures: PictureStore;
  memberNames: MemberNames;
}

const picturePath = (sha256: string) => `${API_PREFIX}/pictures/${sha256}`;

export function commandRoutes(api: Api, deps: CommandRouteDeps): void {
  const { database, hub, link, pictures, memberNames } = deps;

  /** Records the commands, then tells panels and agents: only what is committed is ever sent. */
  const request = async (principal: Principal, wanted: CommandRequest) => {
    const requested = await database.tenant(principal.organisation, (tx) =>
      requestCommands(tx, principal, wanted, deps),
    );
    announceCommands(hub, principal.organisation, requested.changes);
    link.deliver(requested.commands.map((command) => command.agent));
    return requested;
  };

  const view = async (principal: Principal, rows: Awaited<ReturnType<typeof selectCommands>>) => {
    const names = await memberNames(principal.organisation, [
      ...new Set(rows.map((row) => row.requested_by)),
    ]);
    return rows.map((row) => viewCommand(row, names, picturePath));
  };

  api.implement(routes.actOnThing, async ({ principal, params, body }) => {
    const { commands } = await request(principal, {
      things: [params.thing as ThingId],
      action: params.action,
      input: body,
      asBatch: false,
    });
    return { command: commands[0]!.id };
  });

  api.implement(routes.createCommands, async ({ principal, body }) => {
    const things = body.things ?? (await membersOfGroup(principal, body.group));
    const { batch, commands } = await request(principal, {
      things: things as ThingId[],
      action: body.action,
      input: body.input,
      deadlineMs: body.deadlineMs,
      asBatch: true,
    });
    return { batch: batch!, commands: commands.map((command) => command.id) };
  });

  const membersOfGroup = async (principal: Principal, group: string | undefined): Promise<string[]> => {
    const things = await database.tenant(principal.organisation, (tx) => thingsOfGroup(tx, group ?? ''));
    if (!things) throw new HttpProblem('not_found', 'there is no such group', { field: 'group' });
    if (things.length === 0) throw new HttpProblem('unprocessable', 'the group is empty', { field: 'group' });
    return things;
  };

  api.implement(routes.listCommands, async ({ principal, query }) => {
    const { cursor, limit, ...filter } = query;
    const rows = await database.tenant(principal.organisation, (tx) =>
      selectCommands(tx, { ...filter, before: cursor, limit: limit + 1 }),
    );
    const page = rows.slice(0, limit);
    return {
      items: await view(principal, page),
      next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  });

  api.implement(routes.getCommand, async ({ principal, params }) => {
    const rows = await database.tenant(principal.organisation, (tx) =>
      selectCommands(tx, { id: params.command, limit: 1 }),
    );
    const [command] = await view(principal, rows);
    if (!command) throw notFound('command');
    return command;
  });

  api.implement(routes.getBatch, async ({ principal, params }) => {
    const batch = await database.tenant(principal.organisation, (tx) => summariseBatch(tx, params.batch));
    if (!batch) throw notFound('batch');
    return batch;
  });

  api.implement(routes.getPicture, async ({ principal, params, reply }) => {
    const bytes = await pictures.find(principal.organisation, params.sha256);
    if (!bytes) throw notFound('picture');
    // Named by its content: it can never change.
    reply.header('cache-control', 'private, max-age=31536000, immutable').send(Buffer.from(bytes));
    return undefined;
  });
}
