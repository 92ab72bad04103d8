import type { CasinoHandpay } from '@vakhta/api';
import { LinkButton } from '../../../ui/link-button.tsx';
import { useWords } from '../../../words/words.ts';
import { useHallId } from '../hall.ts';
import { useMoney } from '../money.ts';
import css from './machine.module.css';

/** That the machine is locked until somebody pays, and where that is done. */
export function MachineHandpay({ handpay }: { handpay: CasinoHandpay }) {
  const { t } = useWords();
  const { money } = useMoney();
  const hall = useHallId();
  return (
    <p className={css.handpay} role="status">
      <b>
        {t(handpay.slip === null ? 'casinoFloor.machine.handpayDue' : 'casinoFloor.machine.handpayPaid', {
          amount: money(handpay.kind === null ? null : handpay.dueMinor),
          slip: handpay.slip,
        })}
      </b>
      <LinkButton to="/casino/$hall/handpays" params={{ hall }} size="xs">
        {t('casinoFloor.machine.toHandpay')}
      </LinkButton>
    </p>
  );
}
