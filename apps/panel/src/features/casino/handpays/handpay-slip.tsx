import { Button, Modal } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { CasinoHandpay } from '@vakhta/api';
import { useWords } from '../../../words/words.ts';
import { floorQuery } from '../floor/floor-query.ts';
import { useHall } from '../hall.ts';
import { useHallTime } from '../hall-time.ts';
import { NOT_KNOWN, useMoney } from '../money.ts';
import { useStaffNames } from '../staff.ts';
import css from './handpays.module.css';

interface HandpaySlipProps {
  handpay: CasinoHandpay;
  onClose(): void;
}

/** The slip as it is signed and kept; printed, it is alone on the paper. */
export function HandpaySlip({ handpay, onClose }: HandpaySlipProps) {
  const { t } = useWords();
  const timeOf = useHallTime();
  const hall = useHall();
  const { money } = useMoney();
  const nameOf = useStaffNames();
  const machine = useQuery(floorQuery(hall.id)).data?.find((one) => one.machine === handpay.machine);
  const lines = [
    ['number', handpay.slip ?? NOT_KNOWN],
    ['hall', hall.name],
    ['machine', handpay.machine],
    ['place', machine?.position ?? NOT_KNOWN],
    ['serial', machine?.serial ?? NOT_KNOWN],
    ['denomination', money(machine?.denominationMinor ?? null)],
    ['kind', handpay.kind === null ? NOT_KNOWN : t(`casinoDesk.handpays.kinds.${handpay.kind}`)],
    ['locked', timeOf(handpay.lockedAt)],
    ['paid', timeOf(handpay.paidAt)],
    ['gameDay', handpay.gameDay],
    ['desk', handpay.desk ?? NOT_KNOWN],
    ['cashier', nameOf(handpay.paidBy)],
    ['verifier', nameOf(handpay.approvedBy)],
  ] as const;
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={t('casinoDesk.slip.title')}
      closeButtonProps={{ 'aria-label': t('shell.do.close') }}
    >
      <div className={css.slip} data-print-alone>
        <h3>{t('casinoDesk.slip.heading', { slip: handpay.slip })}</h3>
        <p className={css.slipAmount}>{money(handpay.paidMinor)}</p>
        <dl>
          {lines.map(([name, value]) => (
            <div key={name}>
              <dt>{t(`casinoDesk.slip.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <div className={css.signatures}>
          <span>{t('casinoDesk.slip.cashier')}</span>
          <span>{t('casinoDesk.slip.guest')}</span>
        </div>
      </div>
      <Button leftSection={<IconPrinter size={17} />} onClick={() => window.print()}>
        {t('casinoDesk.slip.print')}
      </Button>
    </Modal>
  );
}
