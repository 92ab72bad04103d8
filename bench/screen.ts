import { pick, seededRandom, sleep, systemClock } from '@vakhta/kernel';
import { until } from '@vakhta/testkit/processes';
import { type TvDesk, wires, withTvs } from './desk/bench-desk.ts';
import { type BenchmarkResult, spread } from './result.ts';

const TVS = 50;
/** Each TV is asked anew so long after it answered. */
const POLL_INTERVAL = 1000;
const VOLUME_UP = 24;
const VOLUME_DOWN = 25;

interface Sample {
  /** From the press at the set's own remote control to the panel's live socket. */
  shown: number;
  /** Of it, from the moment that the agent had read it off the TV. */
  travelled: number;
}

/**
 * Somebody at a TV changes its volume; how long until the panel shows it. Nothing tells the agent: it asks each TV once
 * a second, so most of the time is the wait for the next question.
 */
export async function run({ quick }: { quick: boolean }): Promise<BenchmarkResult[]> {
  const results: BenchmarkResult[] = [];
  for (const { tls, name } of wires) {
    const samples = await withTvs({ tls, tvs: TVS }, (desk) => changeVolumes(desk, quick ? 100 : 1000));
    const shown = spread(samples.map((sample) => sample.shown));
    const travelled = spread(samples.map((sample) => sample.travelled));
    const hold = POLL_INTERVAL + 300;
    results.push(
      {
        what: `a change at one of ${TVS} TVs, ${name}: to the panel's socket`,
        unit: 'ms',
        ...shown,
        limit: { what: 'p99 at most: the poll interval + 300', value: hold },
        ratio: shown.p99 / hold,
      },
      {
        what: `a change at one of ${TVS} TVs, ${name}: from the agent's reading to the socket`,
        unit: 'ms',
        ...travelled,
        limit: { what: 'the poll interval', value: POLL_INTERVAL },
        ratio: travelled.p99 / POLL_INTERVAL,
      },
    );
  }
  return results;
}

async function changeVolumes({ desk, fleet, things }: TvDesk, changes: number): Promise<Sample[]> {
  const live = await desk.listen();
  await live.subscribe();
  const random = seededRandom(1);
  const idle = fleet.tvs.map((tv, index) => ({ tv, thing: things[index]!, key: VOLUME_DOWN }));
  const samples: Sample[] = [];
  const change = async (subject: (typeof idle)[number]) => {
    const shown = live.next(
      (message) =>
        message.type === 'property' && message.thing === subject.thing && message.name === 'volume',
    );
    const at = systemClock.now();
    await fleet.touch(subject.tv, 'keys', { code: subject.key });
    const heard = await shown;
    const readAt = heard.message.type === 'property' ? Date.parse(heard.message.at) : Number.NaN;
    samples.push({ shown: heard.at - at, travelled: heard.at - readAt });
    // Down and up in turn, so that no volume comes to the end of its range.
    idle.push({ ...subject, key: subject.key === VOLUME_DOWN ? VOLUME_UP : VOLUME_DOWN });
  };
  const running: Promise<void>[] = [];
  for (let i = 0; i < changes; i++) {
    const subject = await until('a TV is at rest', () => idle.length > 0 && pick(random, idle));
    idle.splice(idle.indexOf(subject), 1);
    running.push(change(subject));
    // Spread over the poll interval: the moment of a change knows nothing of the agent's questions.
    await sleep(systemClock, random.float() * 60);
  }
  await Promise.all(running);
  await live.close();
  return samples;
}
