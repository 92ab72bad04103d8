import { useQuery } from '@tanstack/react-query';
import { type CasinoMirror, casinoFloorRoutes } from '@vakhta/api';
import { api } from '../../../app/api.ts';
import { Age } from '../../../ui/age.tsx';
import { LampShape, type LampTone } from '../../../ui/lamp.tsx';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useWords } from '../../../words/words.ts';
import { useHallId } from '../hall.ts';
import css from './set-up.module.css';

const EVERY = 3_000;
const tones: Record<CasinoMirror['state'], LampTone> = {
  connecting: 'neutral',
  copying: 'neutral',
  level: 'good',
  waiting: 'bad',
};

/** How far the books are copied into a database of the customer's own. */
export function MirrorSection() {
  const { t } = useWords();
  const hall = useHallId();
  const { data } = useQuery({
    queryKey: ['casino', hall, 'mirror'],
    queryFn: ({ signal }) => api.call(casinoFloorRoutes.readMirror, { params: { hall } }, { signal }),
    refetchInterval: EVERY,
  });
  return (
    <PanelSection title={t('casinoSetUp.mirror.title')} text={t('casinoSetUp.mirror.text')}>
      {data?.mirror === null && <p className={css.service}>{t('casinoSetUp.mirror.none')}</p>}
      {data?.mirror && <State mirror={data.mirror} />}
    </PanelSection>
  );
}

function State({ mirror: { state, rowsBehind, behindSince, error } }: { mirror: CasinoMirror }) {
  const { t } = useWords();
  return (
    <>
      <p className={css.mirror} role="status">
        <LampShape tone={tones[state]} />
        <b>{t(`casinoSetUp.mirror.states.${state}`)}</b>
        {rowsBehind > 0 && <span>{t('casinoSetUp.mirror.behind', { count: rowsBehind })}</span>}
        {behindSince !== null && (
          <span>
            {t('casinoSetUp.mirror.since')} <Age at={behindSince} />
          </span>
        )}
      </p>
      {error !== null && <p className={css.service}>{error}</p>}
    </>
  );
}
