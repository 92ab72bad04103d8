import { Button } from '@mantine/core';
import type { CasinoDesk } from '@vakhta/api';
import { useState } from 'react';
import { Age } from '../../../ui/age.tsx';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useWords } from '../../../words/words.ts';
import { useMoney } from '../money.ts';
import { useStaffNames } from '../staff.ts';
import { CloseShiftDialog } from './close-shift-dialog.tsx';
import css from './desk.module.css';
import { DrawerDialog, type DrawerWork } from './drawer-dialog.tsx';

/** Who works at the desk, what is in its drawer, and how a shift begins and ends. */
export function ShiftCard({ desk }: { desk: CasinoDesk }) {
  const { t } = useWords();
  const { money } = useMoney();
  const nameOf = useStaffNames();
  const [asking, setAsking] = useState<DrawerWork | 'close'>();
  const { shift } = desk;
  const state = shift?.state ?? 'closed';
  const works: readonly (DrawerWork | 'close')[] =
    state === 'open' ? ['count', 'fill', 'credit'] : state === 'counted' ? ['close', 'fill'] : ['open'];
  return (
    <PanelSection title={t('casinoDesk.shift.title', { desk: desk.desk })}>
      <p className={css.shiftState} data-state={state}>
        {shift && state !== 'closed'
          ? t(`casinoDesk.shift.${state}`, { cashier: nameOf(shift.cashier) })
          : t('casinoDesk.shift.closed')}
        {shift && state !== 'closed' && (
          <span className={css.quiet}>
            <Age at={shift.openedAt} />
          </span>
        )}
      </p>
      <dl className={css.figures}>
        <div>
          <dt>{t('casinoDesk.shift.drawer')}</dt>
          <dd>{desk.drawerMinor === null ? t('casinoDesk.shift.blind') : money(desk.drawerMinor)}</dd>
        </div>
        {shift && state === 'open' && (
          <div>
            <dt>{t('casinoDesk.shift.float')}</dt>
            <dd>{money(shift.openingMinor)}</dd>
          </div>
        )}
        {shift && state === 'counted' && (
          <>
            <div>
              <dt>{t('casinoDesk.shift.countedAmount')}</dt>
              <dd>{money(shift.countedMinor)}</dd>
            </div>
            <div>
              <dt>{t('casinoDesk.shift.overShort')}</dt>
              <dd data-off={shift.classification !== 'within_tolerance'}>{money(shift.overShortMinor)}</dd>
            </div>
          </>
        )}
      </dl>
      <div className={css.buttons}>
        {works.map((work, index) => (
          <Button
            key={work}
            variant={index === 0 && state !== 'open' ? 'filled' : 'default'}
            onClick={() => setAsking(work)}
          >
            {t(`casinoDesk.works.${work}.action`)}
          </Button>
        ))}
      </div>
      {asking === 'close' && shift && (
        <CloseShiftDialog desk={desk.desk} shift={shift} onClose={() => setAsking(undefined)} />
      )}
      {asking && asking !== 'close' && (
        <DrawerDialog desk={desk.desk} work={asking} onClose={() => setAsking(undefined)} />
      )}
    </PanelSection>
  );
}
