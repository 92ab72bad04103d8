import { type CasinoInboxItem, casinoActRoutes } from '@vakhta/api';
import { api } from '../../../app/api.ts';
import { useWords } from '../../../words/words.ts';
import { useAlertTexts } from '../alert-texts.ts';
import { useHallId } from '../hall.ts';
import { useMoney } from '../money.ts';
import { Decision } from './decision.tsx';
import css from './inbox.module.css';

/** A delta that a machine cannot have done: what counting it would do to the day. */
export function HeldItem({
  item: { machine, what, delta, amountMinor, gameDay, detail },
}: {
  item: CasinoInboxItem;
}) {
  const { t, language } = useWords();
  const { money } = useMoney();
  const { meterTextOf } = useAlertTexts();
  const hall = useHallId();
  const plain = (value: unknown) => new Intl.NumberFormat(language).format(Number(value));
  const meter = meterTextOf(what);
  const isMoney = amountMinor !== null;
  const before = Number(isMoney ? detail.dayMinor : detail.dayDelta);
  const after = before + Number(isMoney ? amountMinor : delta);
  const say = isMoney ? money : plain;
  return (
    <>
      <p>
        {t(`casinoControl.inbox.held.${detail.kind === 'regression' ? 'regression' : 'excessive'}`, {
          meter,
          delta: isMoney ? `${plain(delta)} (${money(amountMinor)})` : plain(delta),
          limit: plain(detail.limit),
          from: plain(detail.from),
          to: plain(detail.to),
        })}
      </p>
      <p className={css.effect}>
        {t('casinoControl.inbox.effect', { meter, day: gameDay, before: say(before), after: say(after) })}
      </p>
      <Decision
        choices={[
          {
            value: 'accept',
            action: t('casinoControl.inbox.accept'),
            title: t('casinoControl.inbox.acceptTitle', { machine }),
          },
          {
            value: 'reject',
            action: t('casinoControl.inbox.reject'),
            title: t('casinoControl.inbox.rejectTitle', { machine }),
          },
        ]}
        text={t('casinoControl.inbox.decideText')}
        onDecide={(decision) =>
          api.call(casinoActRoutes.resolveHeldDelta, {
            params: { hall, machine, code: what },
            body: { decision },
          })
        }
      />
    </>
  );
}
