import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import { thingsQuery, useModels, useSites } from '../../../app/directory.ts';
import { PageLoading } from '../../../app/page-loading.tsx';
import { useMay } from '../../../app/session.ts';
import { things as store } from '../../../live/live.ts';
import { type Condition, conditionTones } from '../../../ui/condition.ts';
import { formatClock } from '../../../ui/format/time.ts';
import { LampShape } from '../../../ui/lamp.tsx';
import { useTick } from '../../../ui/tick.ts';
import { useWords } from '../../../words/words.ts';
import { viewDesk } from '../desk-view.ts';
import { useKeepAwake } from './keep-awake.ts';
import { useTurnPages } from './turn-pages.ts';
import css from './wall.module.css';
import { WallAlerts } from './wall-alerts.tsx';
import { WallTile } from './wall-tile.tsx';

const conditions: readonly Condition[] = ['online', 'attention', 'offline'];

/** The desk for a screen on the wall: everything at a glance, nothing to press, never dark. */
export function WallPage() {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const may = useMay();
  const { data } = useQuery(thingsQuery);
  const [sites, models] = [useSites(), useModels()];
  const version = useTick(() => store.version);
  const clock = useTick((now) => formatClock(now, language));
  const view = useMemo(() => {
    const now = (data ?? []).map((thing) => store.get(thing.id) ?? thing);
    return { ...viewDesk(now, {}, sites, models), version };
  }, [data, sites, models, version]);
  const scrolled = useRef<HTMLDivElement>(null);
  useTurnPages(scrolled);
  useKeepAwake();
  const title = `${t('wall.title')} · ${t('shell.brand')}`;
  useEffect(() => {
    document.title = title;
    const onKey = ({ key }: KeyboardEvent) => key === 'Escape' && void navigate({ to: '/' });
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [title, navigate]);

  if (!data) return <PageLoading />;
  return (
    <main className={css.wall}>
      <header className={css.head}>
        <h1 className={css.hidden}>{t('wall.title')}</h1>
        <img src="/icon.svg" alt="" width={40} height={40} />
        <dl className={css.counts}>
          {conditions.map((condition) => (
            <div
              key={condition}
              data-condition={condition}
              data-none={view.counts[condition] === 0 || undefined}
            >
              <dt>
                <LampShape tone={conditionTones[condition]} /> {t(`condition.${condition}`)}
              </dt>
              <dd>{view.counts[condition]}</dd>
            </div>
          ))}
        </dl>
        <time className={css.clock}>{clock}</time>
        <ActionIcon
          className={css.leave}
          variant="subtle"
          color="gray"
          size={44}
          aria-label={t('wall.leave')}
          title={t('wall.leave')}
          onClick={() => void navigate({ to: '/' })}
        >
          <IconX size={22} />
        </ActionIcon>
      </header>
      <div className={css.body}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
        <section ref={scrolled} className={css.sites} aria-label={t('shell.nav.desk')} tabIndex={0}>
          {view.total === 0 && <p className={css.more}>{t('wall.empty')}</p>}
          {view.sections.map(({ site, things }) => (
            <section key={site?.id ?? ''} className={css.site}>
              <h2>{site?.name}</h2>
              <ul className={css.tiles}>
                {things.map(({ id, model }) => (
                  <WallTile key={id} id={id} model={models.get(model)} />
                ))}
              </ul>
            </section>
          ))}
        </section>
        {may('alerts.view') && <WallAlerts />}
      </div>
    </main>
  );
}
