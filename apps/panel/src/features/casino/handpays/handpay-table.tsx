import { Button } from '@mantine/core';
import type { CasinoHandpay } from '@vakhta/api';
import { useWords } from '../../../words/words.ts';
import { FigureTable } from '../figure-table.tsx';
import { useHallTime } from '../hall-time.ts';
import { NOT_KNOWN, useMoney } from '../money.ts';
import { useStaffNames } from '../staff.ts';

interface HandpayTableProps {
  handpays: readonly CasinoHandpay[];
  onSlip(handpay: CasinoHandpay): void;
}

/** Handpays that are over, the newest first. */
export function HandpayTable({ handpays, onSlip }: HandpayTableProps) {
  const { t } = useWords();
  const timeOf = useHallTime();
  const { amount, currency } = useMoney();
  const nameOf = useStaffNames();
  return (
    <FigureTable
      label={t('casinoDesk.handpays.over')}
      words={[
        t('casinoDesk.table.machine'),
        t('casinoDesk.handpays.columns.locked'),
        t('casinoDesk.table.kind'),
        t('casinoDesk.table.cashier'),
      ]}
      figures={[
        t('casinoDesk.handpays.columns.amount', { currency }),
        t('casinoDesk.handpays.columns.minutes'),
        t('casinoDesk.handpays.columns.slip'),
      ]}
    >
      {handpays.map((one) => (
        <tr key={`${one.machine} ${one.lockedAt}`}>
          <th scope="row">{one.machine}</th>
          <td>{timeOf(one.lockedAt)}</td>
          <td>{one.kind === null ? NOT_KNOWN : t(`casinoDesk.handpays.kinds.${one.kind}`)}</td>
          <td>{nameOf(one.paidBy)}</td>
          <td>{amount(one.paidAt === null ? null : one.paidMinor)}</td>
          <td>
            {one.resetAt === null
              ? NOT_KNOWN
              : Math.floor((Date.parse(one.resetAt) - Date.parse(one.lockedAt)) / 60_000)}
          </td>
          <td>
            {one.slip === null ? (
              NOT_KNOWN
            ) : (
              <Button size="compact-sm" variant="default" onClick={() => onSlip(one)}>
                {one.slip}
              </Button>
            )}
          </td>
        </tr>
      ))}
    </FigureTable>
  );
}
