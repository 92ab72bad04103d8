import { type Json, seconds } from '@vakhta/kernel';
import type { ActionOutcome } from '@vakhta/things';
import { appsSource, findInput } from '../driver/input-names.ts';
import { remoteKey } from '../keys/remote-keys.ts';
import { readOutput } from '../readers/index.ts';
import { quote } from '../shell/quote.ts';
import { type ActingTv, failed, notObservable, notSeen, observed } from './acting-tv.ts';

/** FLAG_ACTIVITY_NEW_TASK: there is no activity of ours to start it from. */
const newTask = '0x10000000';

/** How a TV app is told to show an input (TvContract.buildChannelUriForPassthroughInput). */
const passthroughIntent = (inputId: string): string =>
  `am start -a android.intent.action.VIEW -d ${quote(
    `content://android.media.tv/passthrough/${encodeURIComponent(inputId)}`,
  )} -f ${newTask}`;

/**
 * Shows an input: by the TV app's intent, and by the remote control's HDMI key where the TV lists no such input. What
 * is really shown is then read from who holds the hardware.
 */
export async function setSource(tv: ActingTv, input: Record<string, Json>): Promise<ActionOutcome> {
  const asked = String(input.source);
  if (tv.tv.inputs.length === 0) await tv.read('inputs');
  if (asked.toUpperCase() === appsSource) return showApps(tv);
  const known = findInput(tv.tv.inputs, asked);
  const key = /^hdmi[\s_-]?([1-4])$/i.exec(asked)?.[1];
  if (!known && key === undefined)
    return failed('tv.no_such_source', `the TV has no input '${asked}'`, {
      inputs: tv.tv.inputs.map(({ name }) => name),
    });
  const name = known?.name ?? `HDMI${key}`;
  if (known) {
    const [answer = ''] = await tv.send([passthroughIntent(known.id)], 'inputs');
    // Old versions print "Error: …" and still end with 0: the text decides.
    if (readOutput('am start', answer).commandOk === false)
      return failed('tv.refused', answer.trim().split('\n').at(-1) ?? '', { answer: answer.slice(0, 500) });
  } else {
    await tv.press([remoteKey(`TV_INPUT_HDMI_${key}`)!.code], 'inputs');
  }
  await tv.tv.askedFor(name);
  // A box lists no inputs: the TV it is plugged into shows what it shows.
  if (tv.tv.inputs.length === 0) return notObservable('this TV does not tell which input it shows');
  const seen = await tv.observe(['inputs'], () => tv.tv.value('source') === name);
  const source = tv.tv.value('source');
  return seen
    ? observed({ source: name })
    : notSeen('source', source, `it shows ${source ?? 'nobody knows what'}`);
}

async function showApps(tv: ActingTv): Promise<ActionOutcome> {
  await tv.press([remoteKey('HOME')!.code], 'inputs', 'foreground');
  await tv.tv.askedFor(appsSource);
  const seen = await tv.observe(['inputs'], () => tv.tv.value('source') === appsSource, seconds(5));
  return seen
    ? observed({ source: appsSource })
    : notSeen('source', tv.tv.value('source'), 'an input stays on');
}
