import { type CasinoInboxItem, casinoActRoutes, TransferState } from '@vakhta/api';
import { api } from '../../../app/api.ts';
import { useWords } from '../../../words/words.ts';
import { useHallId } from '../hall.ts';
import { useMoney } from '../money.ts';
import { Decision } from './decision.tsx';
import css from './inbox.module.css';

/** A transfer of which it is not known what became: the evidence so far, and deciding without more of it. */
export function TransferItem({ item: { machine, what, amountMinor, detail } }: { item: CasinoInboxItem }) {
  const { t } = useWords();
  const { money } = useMoney();
  const hall = useHallId();
  const amount = money(amountMinor);
  const state = TransferState.catch('unknown').parse(detail.state);
  const evidence = [
    detail.isUnknownToMachine === true && t('casinoControl.inbox.evidence.unknown'),
    detail.isAbsentFromHistory === true && t('casinoControl.inbox.evidence.absent'),
    detail.isMeterUnchanged === true && t('casinoControl.inbox.evidence.unmoved'),
  ].filter((text) => text !== false);
  const choices = (['applied', 'notApplied'] as const).map((value) => ({
    value,
    action: t(`casinoControl.inbox.${value}`),
    title: t(`casinoControl.inbox.${value}Title`, { amount, machine }),
  }));
  return (
    <>
      <p>{t('casinoControl.inbox.transfer', { amount, machine, state: t(`casinoDesk.life.${state}`) })}</p>
      <p className={css.effect}>
        {evidence.length > 0 ? evidence.join(' ') : t('casinoControl.inbox.evidence.none')}
      </p>
      <Decision
        choices={choices}
        text={t('casinoControl.inbox.transferText')}
        onDecide={(decision) =>
          api.call(casinoActRoutes.decideTransfer, { params: { hall, key: what }, body: { decision } })
        }
      />
    </>
  );
}
