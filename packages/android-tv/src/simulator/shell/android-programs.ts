import { sleep } from '@vakhta/kernel';
import { remoteKey, remoteKeys } from '../../keys/remote-keys.ts';
import type { AdbdCommandResult } from '../adbd/index.ts';
import { dumpAudio, dumpMediaSession, volumeAnswer } from '../dumps/media-dumps.ts';
import {
  dumpActivities,
  dumpHdmiControl,
  dumpStarter,
  dumpTvInput,
  dumpWindows,
} from '../dumps/screen-dumps.ts';
import { dumpDiskstats, dumpPower, dumpThermal } from '../dumps/system-dumps.ts';
import { keyBehaviours, pressKey } from '../tv/key-behaviours.ts';
import type { SimulatedTv } from '../tv/simulated-tv.ts';
import { complained, type ProgramContext, printed } from './program.ts';

/** Services by what is asked of them: 'activity starter' before 'activity'. */
const services: Readonly<Record<string, (tv: SimulatedTv, pushedBytes: number) => string>> = {
  power: dumpPower,
  audio: dumpAudio,
  media_session: dumpMediaSession,
  'activity activities': dumpActivities,
  'activity starter': dumpStarter,
  window: dumpWindows,
  'window windows': dumpWindows,
  'window displays': dumpWindows,
  diskstats: dumpDiskstats,
};
/** Services that came with a version: television with 5, the temperature's with 10. */
const newerServices: Readonly<Record<string, { since: number; dump: (tv: SimulatedTv) => string }>> = {
  tv_input: { since: 21, dump: dumpTvInput },
  hdmi_control: { since: 21, dump: dumpHdmiControl },
  thermalservice: { since: 29, dump: dumpThermal },
};

export function dumpsys({ tv, files }: ProgramContext, args: readonly string[]): AdbdCommandResult {
  const timed = args[0] === '-t';
  if (timed && tv.profile.sdk < 26) return printed(`Can't find service: -t\n`);
  const name = args.slice(timed ? 2 : 0).join(' ');
  const newer = newerServices[name];
  if (newer && tv.profile.sdk >= newer.since) return printed(newer.dump(tv));
  const dump = services[name];
  return dump ? printed(dump(tv, files.used)) : printed(`Can't find service: ${name}\n`);
}

/** Each run is a process of its own that takes its time, and one waits for the other. */
export async function input(
  { tv, inputLine, io }: ProgramContext,
  args: readonly string[],
): Promise<AdbdCommandResult> {
  if (args[0] !== 'keyevent') return complained('Error: Invalid arguments for command: input\n');
  const codes = args.slice(1).filter((word) => !word.startsWith('--'));
  const pressed = codes.map((code) => (/^\d+$/.test(code) ? Number(code) : remoteKey(code)?.code));
  if (pressed.includes(undefined) || pressed.length === 0) return complained('Error: Unknown keycode\n');
  const turn = inputLine.last.then(async () => {
    const start = tv.clock.monotonic();
    await sleep(tv.clock, tv.delays.input, io.signal);
    for (const code of pressed) if (code !== undefined && code !== 0) pressKey(tv, code);
    tv.record('input', { ms: Math.round(tv.clock.monotonic() - start) });
  });
  inputLine.last = turn.catch(() => {});
  await turn;
  return printed('');
}

const option = (args: readonly string[], name: string): string | undefined => {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
};

/** `media volume` and `cmd media_session volume` are one program under two names. */
function volume(tv: SimulatedTv, args: readonly string[]): AdbdCommandResult {
  if ((option(args, '--stream') ?? '3') !== '3') return printed('');
  const set = option(args, '--set');
  const adjust = option(args, '--adj');
  if (set !== undefined) {
    tv.record('volume', { set: Number(set) });
    tv.setVolume(Number(set));
  }
  if (adjust === 'raise' || adjust === 'lower') {
    tv.record('volume', { adjust });
    tv.setVolume(tv.volume + (adjust === 'raise' ? 1 : -1));
  }
  return printed(volumeAnswer(tv, set === undefined ? undefined : Number(set), args.includes('--get')));
}

function dispatch(tv: SimulatedTv, [name]: readonly string[]): AdbdCommandResult {
  const key = remoteKeys.find((candidate) => candidate.dispatch === name);
  if (!key) return complained(`Error: unknown dispatch code '${name}'\n`);
  tv.record('dispatch', { key: name ?? null });
  keyBehaviours[key.code]?.(tv);
  return printed('');
}

function mediaSession(tv: SimulatedTv, [verb, ...args]: readonly string[]): AdbdCommandResult {
  if (verb === 'volume') return volume(tv, args);
  if (verb === 'dispatch') return dispatch(tv, args);
  return complained(`Error: unknown command '${verb}'\n`);
}

export const media = ({ tv }: ProgramContext, args: readonly string[]): AdbdCommandResult =>
  mediaSession(tv, args);

export function cmd(context: ProgramContext, [service, ...args]: readonly string[]): AdbdCommandResult {
  // The service learnt these commands with Android 11.
  if (service === 'media_session' && context.tv.profile.sdk >= 30) return mediaSession(context.tv, args);
  if (service === 'package') return pm(context, args);
  return complained(`cmd: Can't find service: ${service}\n`, 20);
}

function startActivity(tv: SimulatedTv, args: readonly string[]): AdbdCommandResult {
  const data = option(args, '-d');
  const component = option(args, '-n');
  const shown = data ?? component ?? '';
  const starting = `Starting: Intent { act=${option(args, '-a') ?? 'android.intent.action.MAIN'} ${data === undefined ? 'cmp' : 'dat'}=${shown} }\n`;
  const failed = (text: string) => printed(`${starting}${text}\n`, tv.profile.sdk >= 26 ? 1 : 0);
  const id = /^content:\/\/android\.media\.tv\/passthrough\/(.+)$/.exec(data ?? '')?.[1];
  if (id !== undefined) {
    const input = tv.inputs.find((candidate) => candidate.id === decodeURIComponent(id));
    if (!input || tv.profile.tvApp === undefined)
      return failed(
        'Error: Activity not started, unable to resolve Intent { act=android.intent.action.VIEW }',
      );
    tv.record('start', { input: input.id });
    tv.showInput(input);
    return printed(starting);
  }
  const name = component?.split('/')[0] ?? '';
  if (!tv.installed.has(name))
    return failed(`Error type 3\nError: Activity class {${component}} does not exist.`);
  const again = tv.front.startsWith(`${name}/`);
  tv.record('start', { app: name });
  tv.startApp(name);
  return printed(
    again
      ? `${starting}Warning: Activity not started, its current task has been brought to the front\n`
      : starting,
  );
}

export function am({ tv }: ProgramContext, [verb, ...args]: readonly string[]): AdbdCommandResult {
  if (verb === 'start') return startActivity(tv, args);
  if (verb === 'force-stop' && args[0] !== undefined) {
    tv.record('stop', { app: args[0] });
    tv.stopApp(args[0]);
    return printed('');
  }
  return verb === 'broadcast'
    ? printed('Broadcast completed: result=0\n')
    : complained('Error: unknown command\n');
}

export function monkey({ tv }: ProgramContext, args: readonly string[]): AdbdCommandResult {
  const name = option(args, '-p') ?? '';
  if (!tv.installed.has(name))
    return printed('** No activities found to run, monkey aborted.\n', tv.profile.sdk >= 26 ? 252 : 0);
  tv.record('start', { app: name });
  tv.startApp(name);
  return printed(
    'Events injected: 1\n## Network stats: elapsed time=21ms (0ms mobile, 0ms wifi, 21ms not connected)\n',
  );
}

export function pm({ tv, files }: ProgramContext, [verb, ...args]: readonly string[]): AdbdCommandResult {
  const last = args.at(-1) ?? '';
  if (verb === 'list') return printed([...tv.installed.keys()].map((name) => `package:${name}\n`).join(''));
  if (verb === 'uninstall') {
    if (!tv.installed.delete(last)) return printed('Failure [DELETE_FAILED_INTERNAL_ERROR]\n', 1);
    tv.record('uninstall', { app: last });
    tv.stopApp(last);
    return printed('Success\n');
  }
  if (verb === 'install') {
    if (!files.stat(last)) return printed('Failure [INSTALL_FAILED_INVALID_URI]\n', 1);
    const name = last
      .split('/')
      .at(-1)!
      .replace(/\.apk$/, '');
    tv.installed.set(name, `${name}.MainActivity`);
    tv.record('install', { app: name });
    return printed('Success\n');
  }
  return complained(`Error: unknown command '${verb}'\n`);
}

export function settings(
  { tv }: ProgramContext,
  [verb, table, key, value]: readonly string[],
): AdbdCommandResult {
  const name = `${table}/${key}`;
  if (verb === 'get') return printed(`${tv.settings.get(name) ?? 'null'}\n`);
  tv.record('settings', { name, value: value ?? null });
  tv.settings.set(name, value ?? '');
  return printed('');
}
