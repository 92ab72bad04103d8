import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TransferState } from '@vakhta/api';
import { formatClock } from '../../../ui/format/time.ts';
import { LampShape, type LampTone } from '../../../ui/lamp.tsx';
import { useErrorText } from '../../../words/error-text.ts';
import { useWords } from '../../../words/words.ts';
import { useHall } from '../hall.ts';
import { useMoney } from '../money.ts';
import css from './desk.module.css';
import { isUnderWay, transferQuery } from './desk-queries.ts';
import { TransferActions } from './transfer-actions.tsx';

export const toneOfTransfer = (state: TransferState): LampTone => {
  if (state === 'completed') return 'good';
  if (state === 'sent' || state === 'pending' || state === 'refunded') return 'neutral';
  return state === 'failed' || state === 'not_applied' ? 'bad' : 'attention';
};

/** Each step of a transfer with its time, until it is known what became of it. */
export function TransferLife({ transfer: key, onNext }: { transfer: string; onNext(): void }) {
  const { t, language } = useWords();
  const textOf = useErrorText();
  const { money } = useMoney();
  const { id: hall, timeZone } = useHall();
  const { data: transfer, error } = useQuery(transferQuery(hall, key));
  if (!transfer)
    return (
      <p className={css.quiet} role="status">
        {error ? textOf(error) : t('shell.loading')}
      </p>
    );
  const { state } = transfer;
  return (
    <div className={css.life} data-state={state}>
      <h3 role="status">
        <LampShape tone={toneOfTransfer(state)} />
        {t(`casinoDesk.life.${state}`)}
      </h3>
      <p>
        {t(`casinoDesk.credit.${transfer.direction}Sentence`, {
          amount: money(transfer.requestedMinor),
          kind: t(`casinoDesk.kinds.${transfer.credit}.word`),
          machine: transfer.machine,
        })}
      </p>
      <p className={css.quiet}>
        {t(`casinoDesk.lifeText.${state}`, { applied: money(transfer.appliedMinor) })}
      </p>
      <ol className={css.steps}>
        {transfer.steps.map((step) => (
          <li key={`${step.at} ${step.state}`}>
            <LampShape tone={toneOfTransfer(step.state)} />
            <span>{t(`casinoDesk.life.${step.state}`)}</span>
            <time dateTime={step.at}>{formatClock(Date.parse(step.at), language, timeZone)}</time>
          </li>
        ))}
      </ol>
      <p className={css.quiet}>
        {t('casinoDesk.wireId')}: <code>{transfer.wireId}</code>
      </p>
      <div className={css.buttons}>
        <TransferActions transfer={transfer} />
        <Button variant={isUnderWay(state) ? 'default' : 'filled'} onClick={onNext}>
          {t('casinoDesk.credit.next')}
        </Button>
      </div>
    </div>
  );
}
