import type { Json } from '@vakhta/kernel';
import type { ActionOutcome } from '@vakhta/things';
import { appsSource } from '../driver/input-names.ts';
import { readOutput } from '../readers/index.ts';
import { quote } from '../shell/quote.ts';
import { type ActingTv, failed, notSeen, observed } from './acting-tv.ts';

/** TV apps first; an app made for phones has only the second. */
const launcherCategories = [
  'android.intent.category.LEANBACK_LAUNCHER',
  'android.intent.category.LAUNCHER',
] as const;

const packageOf = (app: string): string => app.split('/')[0] ?? app;

export async function launchApp(tv: ActingTv, input: Record<string, Json>): Promise<ActionOutcome> {
  const app = String(input.app);
  const refusal = app.includes('/') ? await startActivity(tv, app) : await startPackage(tv, app);
  if (refusal !== undefined) return failed('tv.refused', refusal);
  await tv.tv.askedFor(appsSource);
  const inFront = () => tv.tv.value('foregroundApp') === packageOf(app);
  return (await tv.observe(['foreground'], inFront))
    ? observed({ foregroundApp: packageOf(app) })
    : notSeen('foregroundApp', tv.tv.value('foregroundApp'), `${tv.tv.value('foregroundApp')} is in front`);
}

async function startActivity(tv: ActingTv, app: string): Promise<string | undefined> {
  const [answer = ''] = await tv.send([`am start -n ${quote(app)}`], 'foreground');
  return readOutput('am start', answer).commandOk === false ? lastLine(answer) : undefined;
}

/** monkey finds a package's own start activity on every version. */
async function startPackage(tv: ActingTv, app: string): Promise<string | undefined> {
  let answer = '';
  for (const category of launcherCategories) {
    [answer = ''] = await tv.send([`monkey -p ${quote(app)} -c ${category} 1`], 'foreground');
    if (!/No activities found|aborted|Error/i.test(answer)) return undefined;
  }
  return lastLine(answer);
}

export async function stopApp(tv: ActingTv, input: Record<string, Json>): Promise<ActionOutcome> {
  const app = packageOf(String(input.app));
  await tv.send([`am force-stop ${quote(app)}`], 'processes', 'foreground');
  // A process of an app may carry a part's name: com.app:remote.
  const isRunning = () =>
    tv.tv.knowledge.reading.processes?.some((name) => name === app || name.startsWith(`${app}:`)) ?? true;
  return (await tv.observe(['processes', 'foreground'], () => !isRunning()))
    ? observed({ foregroundApp: tv.tv.value('foregroundApp') })
    : failed('tv.not_observed', `${app} still runs`);
}

const lastLine = (answer: string): string => answer.trim().split('\n').at(-1)?.trim() ?? '';
