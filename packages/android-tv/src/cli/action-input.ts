import { err, type Json, ok, type Result } from '@vakhta/kernel';
import { parseValue } from '@vakhta/things';
import { androidTv } from '../model/android-tv.ts';

/** Makes an action's input of the one word that stands behind it on a command line. */
export function actionInput(action: string, word: string | undefined): Result<Record<string, Json>, string> {
  const affordance = Object.hasOwn(androidTv.actions, action) ? androidTv.actions[action] : undefined;
  if (!affordance)
    return err(`there is no action '${action}'; there are ${Object.keys(androidTv.actions).join(', ')}`);
  const [field] = Object.entries(affordance.input?.properties ?? {});
  if (!field) return word === undefined ? ok({}) : err(`${action} takes no value`);
  const [name, schema] = field;
  if (word === undefined) return err(`${action} needs a value: ${name}`);
  const parsed = parseValue(schema, asJson(schema.type, word), name);
  return parsed.ok ? ok({ [name]: asJson(schema.type, word) }) : err(parsed.error.message);
}

function asJson(type: string, word: string): Json {
  if (type === 'integer' || type === 'number') return word.trim() === '' ? word : Number(word);
  if (type === 'boolean')
    return /^(true|yes|on|1)$/i.test(word) ? true : /^(false|no|off|0)$/i.test(word) ? false : word;
  return word;
}
