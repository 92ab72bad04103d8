import { casinoActRoutes, type DecidedDelta } from '@vakhta/api';
import { api } from '../../../app/api.ts';
import { useWords } from '../../../words/words.ts';
import { useAlertTexts } from '../alert-texts.ts';
import { useHallId } from '../hall.ts';
import { useHallTime } from '../hall-time.ts';
import { useMoney } from '../money.ts';
import { Decision } from './decision.tsx';
import css from './inbox.module.css';

/** What was decided of doubtful meters in days that are open still, and taking it back. */
export function Decided({ decided }: { decided: readonly DecidedDelta[] }) {
  const { t, language } = useWords();
  const { money } = useMoney();
  const { meterTextOf } = useAlertTexts();
  const timeOf = useHallTime();
  const hall = useHallId();
  const amountOf = ({ delta, amountMinor }: DecidedDelta) =>
    amountMinor === null ? new Intl.NumberFormat(language).format(delta) : money(amountMinor);
  return (
    <section className={css.decided}>
      <h2>{t('casinoControl.inbox.decided')}</h2>
      <ul className={css.list}>
        {decided.map((one) => (
          <li key={`${one.machine} ${one.code} ${one.at}`} className={css.item} data-quiet>
            <header>
              <b>{one.machine}</b>
              <span>
                {t(`casinoControl.inbox.was.${one.decision}`, {
                  meter: meterTextOf(one.code),
                  amount: amountOf(one),
                })}
              </span>
              <time dateTime={one.at}>{timeOf(one.at)}</time>
            </header>
            <Decision
              choices={[
                {
                  value: 'undo',
                  action: t('casinoControl.inbox.undo'),
                  title: t('casinoControl.inbox.undoTitle', { machine: one.machine }),
                },
              ]}
              text={t('casinoControl.inbox.undoText', { day: one.gameDay })}
              onDecide={() =>
                api.call(casinoActRoutes.undoHeldDelta, {
                  params: { hall, machine: one.machine, code: one.code },
                  body: { at: one.at },
                })
              }
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
