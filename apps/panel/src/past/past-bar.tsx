import { Button, Loader, SegmentedControl, Slider, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconArrowForwardUp, IconHistory } from '@tabler/icons-react';
import { type Duration, hours, type Instant, minutes, seconds } from '@vakhta/kernel';
import { useEffect, useState } from 'react';
import { serverNow } from '../app/server-time.ts';
import { formatFullInstant } from '../ui/format/time.ts';
import { useWords } from '../words/words.ts';
import { fromField, momentOf, type Reach, reaches, reachOf, toField, windowOf } from './moment.ts';
import css from './past-bar.module.css';

interface PastBarProps {
  /** The moment asked for. */
  at: string;
  /** The moment that is on the page; undefined until there is one. */
  shown: Instant | undefined;
  loading: boolean;
  onGo(at: string | undefined): void;
}

const steps: readonly { by: Duration; key: 'hour' | 'minute' | 'second' }[] = [
  { by: hours(1), key: 'hour' },
  { by: minutes(1), key: 'minute' },
  { by: seconds(1), key: 'second' },
];
/** While the thumb is drawn along, moments are asked for this often. */
const SETTLE = 150;

/** The scrubber: which moment is shown, any second of the past, and the way back to now. */
export function PastBar({ at, shown, loading, onGo }: PastBarProps) {
  const { t, language } = useWords();
  const asked = Date.parse(at);
  const [reach, setReach] = useState<Reach>(() => reachOf(asked, serverNow()));
  // The thumb follows the finger at once, the page as soon as it can.
  const [drawn, setDrawn] = useState(asked);
  useEffect(() => setDrawn(asked), [asked]);
  const [span, setSpan] = useState(() => windowOf(asked, serverNow(), reach));
  if (asked < span.from || asked > span.to) setSpan(windowOf(asked, serverNow(), reach));
  const go = (to: Instant) => onGo(momentOf(to, serverNow()));
  const goSoon = useDebouncedCallback(go, SETTLE);
  const moment = formatFullInstant(shown ?? asked, language);
  return (
    <section className={css.bar} aria-label={t('past.scrubber')}>
      <div className={css.head}>
        <p className={css.words} role="status">
          <IconHistory size={20} aria-hidden />
          <span>
            <strong>{t('past.title')}</strong> <time dateTime={at}>{moment}</time>
          </span>
          {loading && <Loader size={14} aria-label={t('shell.loading')} />}
        </p>
        <Button leftSection={<IconArrowForwardUp size={18} />} onClick={() => onGo(undefined)}>
          {t('past.toNow')}
        </Button>
      </div>
      <Slider
        className={css.slider}
        min={span.from}
        max={span.to}
        step={reaches[reach].step}
        value={Math.min(Math.max(drawn, span.from), span.to)}
        label={(value) => formatFullInstant(value, language)}
        thumbLabel={t('past.moment')}
        thumbProps={{ 'aria-valuetext': formatFullInstant(drawn, language) }}
        onChange={(value) => {
          setDrawn(value);
          goSoon(value);
        }}
      />
      <div className={css.controls}>
        <SegmentedControl
          size="xs"
          aria-label={t('past.reach.label')}
          value={reach}
          onChange={(next) => {
            setReach(next);
            setSpan(windowOf(asked, serverNow(), next));
          }}
          data={(Object.keys(reaches) as Reach[]).map((value) => ({
            value,
            label: t(`past.reach.${value}`),
          }))}
        />
        <TextInput
          className={css.field}
          size="xs"
          type="datetime-local"
          step={1}
          aria-label={t('past.moment')}
          value={toField(asked)}
          onChange={(event) => {
            const to = fromField(event.currentTarget.value);
            if (to !== undefined) go(to);
          }}
        />
        <div className={css.steps}>
          {steps.map(({ by, key }) => (
            <Step key={`-${key}`} text={`−1 ${t(`past.unit.${key}`)}`} onClick={() => go(asked - by)} />
          ))}
          {steps.toReversed().map(({ by, key }) => (
            <Step key={`+${key}`} text={`+1 ${t(`past.unit.${key}`)}`} onClick={() => go(asked + by)} />
          ))}
        </div>
      </div>
    </section>
  );
}

function Step({ text, onClick }: { text: string; onClick(): void }) {
  return (
    <Button variant="default" size="compact-sm" onClick={onClick}>
      {text}
    </Button>
  );
}
