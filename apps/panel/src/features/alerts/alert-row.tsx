import { Button } from '@mantine/core';
import { IconEye, IconServer2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Alert } from '@vakhta/api';
import { useModels, useSites, useThings } from '../../app/directory.ts';
import { serverNow } from '../../app/server-time.ts';
import { Age } from '../../ui/age.tsx';
import { formatInstant } from '../../ui/format/time.ts';
import { useValueWords } from '../../ui/format/use-value-words.ts';
import { formatDuration } from '../../ui/format/value.ts';
import { ThingIcon } from '../../ui/thing-icon.tsx';
import { useWords } from '../../words/words.ts';
import css from './alerts.module.css';
import { SeverityMark } from './severity-mark.tsx';
import { useCauseText } from './use-cause-text.ts';

interface AlertRowProps {
  alert: Alert;
  /** Absent for those who may not. */
  onAcknowledge: ((alert: Alert) => void) | undefined;
  /** On the thing's own page its name need not be said. */
  withoutSubject?: boolean;
}

/** One alert: how bad, what, where, since when, what to do, and who is on it. */
export function AlertRow({ alert, onAcknowledge, withoutSubject }: AlertRowProps) {
  const { t, say } = useWords();
  const causeOf = useCauseText();
  const cause = causeOf(alert);
  return (
    <article className={css.row} data-severity={alert.severity} data-state={alert.state}>
      <div className={css.mark}>
        <SeverityMark severity={alert.severity} />
        <Times alert={alert} />
      </div>
      <div className={css.what}>
        <h3>
          {say(alert.title)}
          {!withoutSubject && <Subject alert={alert} />}
        </h3>
        {cause && <p className={css.cause}>{cause}</p>}
        {alert.help && alert.state === 'open' && <p className={css.help}>{say(alert.help)}</p>}
        {alert.hidden && (
          <p className={css.help}>
            <IconEye size={15} aria-hidden /> {t('alerts.hidden')}
          </p>
        )}
        <Signs alert={alert} />
      </div>
      {onAcknowledge && alert.state !== 'cleared' && (
        <Button
          className={css.button}
          variant={alert.state === 'open' ? 'filled' : 'default'}
          onClick={() => onAcknowledge(alert)}
        >
          {t(alert.state === 'open' ? 'alerts.acknowledge' : 'alerts.changeNote')}
        </Button>
      )}
    </article>
  );
}

function Subject({ alert: { subject } }: { alert: Alert }) {
  const { t } = useWords();
  const thing = useThings().get(subject.id);
  const model = useModels().get(thing?.model ?? '');
  const site = useSites().get(subject.site ?? '')?.name;
  const place = site ? ` · ${site}` : '';
  if (subject.kind === 'agent')
    return (
      <Link to="/agents" className={css.subject}>
        <IconServer2 size={17} aria-hidden /> {t('alerts.agent')} {subject.name}
        {place}
      </Link>
    );
  const name = (
    <>
      <ThingIcon name={model?.icon} size={17} /> {subject.name}
      {place}
    </>
  );
  return thing ? (
    <Link to="/things/$thing" params={{ thing: subject.id }} className={css.subject}>
      {name}
    </Link>
  ) : (
    <span className={css.subject}>{name}</span>
  );
}

function Times({ alert }: { alert: Alert }) {
  const { t, language } = useWords();
  const words = useValueWords();
  const since = Date.parse(alert.since);
  return (
    <span className={css.times}>
      {t('alerts.since')} {formatInstant(since, serverNow(), language)}
      <br />
      {alert.clearedAt ? (
        t('alerts.lasted', { duration: formatDuration(Date.parse(alert.clearedAt) - since, words) })
      ) : (
        <Age at={alert.since} />
      )}
    </span>
  );
}

/** What became of it so far. */
function Signs({ alert }: { alert: Alert }) {
  const { t } = useWords();
  const { acknowledged } = alert;
  return (
    <>
      {(alert.count > 1 || alert.level > 0 || alert.clearedBecause) && (
        <p className={css.signs}>
          {[
            alert.count > 1 && t('alerts.times', { count: alert.count }),
            alert.level > 0 && t('alerts.escalated'),
            alert.clearedBecause && t(`alerts.because.${alert.clearedBecause}`),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      {acknowledged && (
        <p className={css.taken}>
          <strong>
            {acknowledged.by ? t('alerts.by', { name: acknowledged.by }) : t('alerts.bySomebody')}
          </strong>{' '}
          <Age at={acknowledged.at} />
          {acknowledged.note && <q>{acknowledged.note}</q>}
        </p>
      )}
    </>
  );
}
