import type { LogEntry } from '@vakhta/api';
import type { DataSchema, ThingModel } from '@vakhta/things';
import { serverNow } from '../../app/server-time.ts';
import { formatFullInstant, formatInstant } from '../../ui/format/time.ts';
import { useValueWords } from '../../ui/format/use-value-words.ts';
import { formatValue, toneOf } from '../../ui/format/value.ts';
import { LampShape, type LampTone } from '../../ui/lamp.tsx';
import { useWords } from '../../words/words.ts';
import css from './log-row.module.css';

interface Written {
  tone: LampTone | undefined;
  title: string;
  text: string;
}

const severityTones = { info: 'neutral', notice: 'neutral', warning: 'attention', critical: 'bad' } as const;
/** A list of forty apps in one line says nothing more than its beginning. */
const LONGEST = 240;

/** One observation in words. */
export function LogRow({ entry, model }: { entry: LogEntry; model: ThingModel | undefined }) {
  const { t, language } = useWords();
  const { tone, title, text } = useWritten(entry, model);
  const at = Date.parse(entry.at);
  return (
    <div className={css.row}>
      <time className={css.time} dateTime={entry.at} title={formatFullInstant(at, language)}>
        {formatInstant(at, serverNow(), language)}
      </time>
      <span className={css.kind}>{t(`thing.kind.${entry.kind}`)}</span>
      <span className={css.mark}>{tone && <LampShape tone={tone} />}</span>
      <span className={css.words}>
        <strong>{title}</strong> {text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}
      </span>
    </div>
  );
}

function useWritten({ kind, name, data }: LogEntry, model: ThingModel | undefined): Written {
  const { t, say } = useWords();
  const words = useValueWords();
  const write = (schema: DataSchema | undefined, value: unknown) =>
    formatValue(schema, value, words, serverNow());
  switch (kind) {
    case 'property': {
      const property = model?.properties[name];
      const tone = property && toneOf(property.schema, data);
      return { tone, title: property ? say(property.title) : name, text: write(property?.schema, data) };
    }
    case 'event': {
      const event = model?.events[name];
      const text = data === null || isEmpty(data) ? '' : write(event?.data, data);
      return { tone: severityTones[event?.severity ?? 'info'], title: event ? say(event.title) : name, text };
    }
    case 'presence': {
      const online = data === true || (isRecord(data) && data.online === true);
      const reason = isRecord(data) && isRecord(data.reason) ? data.reason.message : undefined;
      return {
        tone: online ? 'good' : 'bad',
        title: t(`thing.presence.${online ? 'online' : 'offline'}`),
        text: typeof reason === 'string' ? reason : '',
      };
    }
    case 'command': {
      const action = isRecord(data) && typeof data.action === 'string' ? data.action : name;
      const affordance = model?.actions[action];
      const state = isRecord(data) && typeof data.state === 'string' ? data.state : undefined;
      return {
        tone: undefined,
        title: affordance ? say(affordance.title) : action,
        text: isState(state) ? t(`command.state.${state}`) : '',
      };
    }
    case 'agent':
      return { tone: undefined, title: name, text: data === null ? '' : write(undefined, data) };
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isEmpty = (value: unknown): boolean => isRecord(value) && Object.keys(value).length === 0;
const states = ['accepted', 'succeeded', 'failed', 'refused', 'expired', 'unknown'] as const;
const isState = (state: string | undefined): state is (typeof states)[number] =>
  states.some((each) => each === state);
