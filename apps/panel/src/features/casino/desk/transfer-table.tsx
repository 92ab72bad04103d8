import { useQuery } from '@tanstack/react-query';
import { Lamp } from '../../../ui/lamp.tsx';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useWords } from '../../../words/words.ts';
import { FigureTable } from '../figure-table.tsx';
import { useHallId } from '../hall.ts';
import { useHallTime } from '../hall-time.ts';
import { NOT_KNOWN, useMoney } from '../money.ts';
import { useStaffNames } from '../staff.ts';
import css from './desk.module.css';
import { transfersQuery } from './desk-queries.ts';
import { TransferActions } from './transfer-actions.tsx';
import { toneOfTransfer } from './transfer-life.tsx';

/** What was moved at a desk, the newest first. */
export function TransferTable({ desk }: { desk: string }) {
  const { t } = useWords();
  const timeOf = useHallTime();
  const { amount, currency } = useMoney();
  const nameOf = useStaffNames();
  const { data } = useQuery(transfersQuery(useHallId(), desk));
  if (!data) return null;
  return (
    <PanelSection title={t('casinoDesk.table.title')}>
      {data.length === 0 ? (
        <p className={css.quiet}>{t('casinoDesk.table.none')}</p>
      ) : (
        <FigureTable
          label={t('casinoDesk.table.title')}
          words={[
            t('casinoDesk.table.time'),
            t('casinoDesk.table.machine'),
            t('casinoDesk.table.guest'),
            t('casinoDesk.table.kind'),
            t('casinoDesk.table.state'),
          ]}
          figures={[
            t('casinoDesk.table.amount', { currency }),
            t('casinoDesk.table.applied', { currency }),
            t('casinoDesk.table.cashier'),
            t('casinoDesk.table.day'),
            t('casinoDesk.table.todo'),
          ]}
        >
          {data.map((one) => (
            <tr key={one.key}>
              <th scope="row">{timeOf(one.requestedAt)}</th>
              <td>{one.machine}</td>
              <td>{one.player ?? NOT_KNOWN}</td>
              <td>
                {t(`casinoDesk.kinds.${one.credit}.name`)} · {t(`casinoDesk.directions.${one.direction}`)}
              </td>
              <td>
                <Lamp tone={toneOfTransfer(one.state)} word={t(`casinoDesk.life.${one.state}`)} />
              </td>
              <td>{amount(one.requestedMinor)}</td>
              <td>{amount(one.finalAt === null ? null : one.appliedMinor)}</td>
              <td>{nameOf(one.requestedBy)}</td>
              <td>{one.gameDay}</td>
              <td>
                <TransferActions transfer={one} />
              </td>
            </tr>
          ))}
        </FigureTable>
      )}
    </PanelSection>
  );
}
