import { commandRoutes, finalCommandStates } from '@vakhta/api';
import { systemClock } from '@vakhta/kernel';
import type { JournalLine, LiveListener } from '@vakhta/testkit/processes';
import { type TvDesk, wires, withTvs } from './desk/bench-desk.ts';
import { type BenchmarkResult, spread } from './result.ts';

const TVS = 50;
/** Three presses for each TV: two of which the effect is read back, one that cannot be observed. */
const ACTIONS = [
  { action: 'volumeDown', input: {} },
  { action: 'volumeUp', input: {} },
  { action: 'pressKey', input: { key: 'DPAD_UP' } },
] as const;

interface Sample {
  /** From the click to the final state on the live socket. */
  latency: number;
  /** What the TV's own journal says it took: this run of `input` and those before it, which it takes in turn. */
  tvTime: number;
}

/**
 * 150 actions at once over 50 TVs, three `input` runs each: from the click (the HTTP request) to the final state on the
 * panel's live socket. Beside it the time the TV itself needs, which nothing can save.
 */
export async function run({ quick }: { quick: boolean }): Promise<BenchmarkResult[]> {
  const results: BenchmarkResult[] = [];
  for (const { tls, name } of wires)
    await withTvs({ tls, tvs: TVS }, async (desk) => {
      const live = await desk.desk.listen();
      await live.subscribe();
      await round(desk, live, clickGroups);
      for (const [how, click] of [
        ['3 clicks on 50 TVs', clickGroups],
        // Harder than what the desk does, and held to no limit: 150 requests at the same moment.
        ['150 single clicks', clickEach],
      ] as const) {
        const samples: Sample[] = [];
        for (let i = 0; i < (quick ? 2 : 7); i++) samples.push(...(await round(desk, live, click)));
        const what = `150 actions at once, ${how}, ${name}`;
        const total = spread(samples.map(({ latency }) => latency));
        const own = spread(samples.map(({ latency, tvTime }) => latency - tvTime));
        results.push(
          {
            what: `${what}: click to final state`,
            unit: 'ms',
            ...total,
            ...(click === clickGroups && {
              limit: { what: 'p99 at most', value: 1500 },
              ratio: total.p99 / 1500,
            }),
          },
          {
            what: `${what}: of it not the TV's`,
            unit: 'ms',
            ...own,
            ...(click === clickGroups && {
              limit: { what: 'p95 at most', value: 100 },
              ratio: own.p95 / 100,
            }),
          },
        );
      }
    });
  return results;
}

type Click = (desk: TvDesk, clickedAt: Map<string, number>) => Promise<unknown>;

/** As from the desk's selection bar: one request for all TVs, three times. */
const clickGroups: Click = ({ desk, things }, clickedAt) =>
  Promise.all(
    ACTIONS.map(async ({ action, input }) => {
      const at = systemClock.now();
      const { commands } = await desk.client.call(commandRoutes.createCommands, {
        body: { things, action, input },
      });
      for (const id of commands) clickedAt.set(id, at);
    }),
  );

/** As from 50 remote controls: one request for each action. */
const clickEach: Click = ({ desk, things }, clickedAt) =>
  Promise.all(
    ACTIONS.flatMap(({ action, input }) =>
      things.map(async (thing) => {
        const at = systemClock.now();
        const { command } = await desk.client.call(commandRoutes.actOnThing, {
          params: { thing, action },
          body: input,
        });
        clickedAt.set(command, at);
      }),
    ),
  );

async function round(desk: TvDesk, live: LiveListener, click: Click): Promise<Sample[]> {
  const ended: { id: string; thing: string; at: number; state: string }[] = [];
  const all = live.next(({ type }) => {
    const last = live.heard.at(-1)!;
    if (type !== 'command' || last.message.type !== 'command') return false;
    const { id, thing, state } = last.message;
    if (finalCommandStates.has(state)) ended.push({ id, thing, at: last.at, state });
    return ended.length === TVS * ACTIONS.length;
  });
  const clickedAt = new Map<string, number>();
  const journalBefore = (await desk.fleet.journal()).length;
  await click(desk, clickedAt);
  await all;
  live.heard.length = 0;
  const tvTimes = tvTimesIn(await desk.fleet.journal(journalBefore));
  const failed = ended.filter(({ state }) => state !== 'succeeded').length;
  if (failed > 0) throw new Error(`${failed} of the commands did not succeed`);
  const tvOf = new Map(desk.things.map((thing, index) => [thing, desk.fleet.tvs[index]!.id]));
  return ended.map(({ id, thing, at }) => ({
    latency: at - clickedAt.get(id)!,
    tvTime: tvTimes.get(tvOf.get(thing)!)!.shift()!,
  }));
}

/** By TV: how long it was busy until the end of its first, second and third run of `input`. */
function tvTimesIn(journal: readonly JournalLine[]): Map<string, number[]> {
  const times = new Map<string, number[]>();
  for (const { tv, did, detail } of journal) {
    if (did !== 'input') continue;
    const own = times.get(tv) ?? [];
    times.set(tv, [...own, (own.at(-1) ?? 0) + Number(detail.ms)]);
  }
  return times;
}
