import { type Command, routes } from '@vakhta/api';
import { api } from '../../app/api.ts';
import { serverNow } from '../../app/server-time.ts';
import { commands } from '../../live/live.ts';

export type Input = Command['input'];

/** Asks one thing for an action, or many for the same one; what was asked is on the screen at once. */
export async function send(
  things: readonly string[],
  action: string,
  input: Input,
): Promise<{ batch: string | undefined }> {
  const requested = new Date(serverNow()).toISOString();
  const track = (id: string, thing: string, batch: string | null) =>
    commands.track({ id, thing, batch, action, input, state: 'requested', at: { requested } });
  const [only] = things;
  if (things.length === 1 && only !== undefined) {
    const { command } = await api.call(routes.actOnThing, { params: { thing: only, action }, body: input });
    track(command, only, null);
    return { batch: undefined };
  }
  const { batch, commands: ids } = await api.call(routes.createCommands, {
    body: { things: [...things], action, input },
  });
  // One command per thing, in the order given.
  for (const [index, id] of ids.entries()) {
    const thing = things[index];
    if (thing !== undefined) track(id, thing, batch);
  }
  return { batch };
}
