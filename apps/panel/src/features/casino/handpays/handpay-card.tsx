import { Button, Select } from '@mantine/core';
import { IconCash, IconLockOpen, IconReceipt } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type CasinoHandpay, casinoActRoutes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { useMay } from '../../../app/session.ts';
import { Age } from '../../../ui/age.tsx';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { useWords } from '../../../words/words.ts';
import { useTwoPersons, WaitsForSecond } from '../approvals/two-persons.tsx';
import { desksQuery } from '../desk/desk-queries.ts';
import { floorQuery } from '../floor/floor-query.ts';
import { useHallId } from '../hall.ts';
import { useOrder } from '../machine/use-order.ts';
import { useMoney } from '../money.ts';
import css from './handpays.module.css';

interface HandpayCardProps {
  handpay: CasinoHandpay;
  onSlip(handpay: CasinoHandpay): void;
}

/** One handpay that waits: where it stands between lock, slip and reset, and the next thing to do. */
export function HandpayCard({ handpay, onSlip }: HandpayCardProps) {
  const { t } = useWords();
  const { money } = useMoney();
  const hall = useHallId();
  const may = useMay();
  const queryClient = useQueryClient();
  const order = useOrder();
  const { withApproval, isWaiting, giveUp } = useTwoPersons();
  const [asking, setAsking] = useState<'pay' | 'reset'>();
  const desks = useQuery({ ...desksQuery(hall), enabled: may('casino.cash') }).data ?? [];
  const open = desks.filter(({ shift }) => shift?.state === 'open').map(({ desk }) => desk);
  const [chosen, setChosen] = useState<string | null>(null);
  const desk = chosen ?? open[0];
  const machine = useQuery(floorQuery(hall)).data?.find((one) => one.machine === handpay.machine);
  const isPaid = handpay.slip !== null;
  const steps = [
    ['locked', handpay.lockedAt],
    ['paid', handpay.paidAt],
    ['reset', handpay.resetAt],
  ] as const;
  const confirm = async () => {
    if (asking === 'pay' && desk !== undefined)
      await withApproval(() =>
        api.call(casinoActRoutes.payHandpay, {
          params: { hall, machine: handpay.machine },
          // The amount that was on the screen: should the machine say another by now, nothing is paid.
          body: { desk, amountMinor: handpay.dueMinor },
        }),
      );
    if (asking === 'reset')
      await order({ machine: handpay.machine, thing: machine?.thing ?? null }, 'resetHandpay');
    await queryClient.invalidateQueries({ queryKey: ['casino', hall] });
  };
  return (
    <article className={css.card} data-paid={isPaid}>
      <header>
        <h2>{handpay.machine}</h2>
        <b className={css.amount}>
          {handpay.kind === null ? t('casinoDesk.handpays.askingMachine') : money(handpay.dueMinor)}
        </b>
      </header>
      {handpay.kind !== null && <p className={css.kind}>{t(`casinoDesk.handpays.kinds.${handpay.kind}`)}</p>}
      <ol className={css.steps}>
        {steps.map(([step, at]) => (
          <li key={step} data-done={at !== null}>
            <span>{t(`casinoDesk.handpays.steps.${step}`)}</span>
            {at !== null && <Age at={at} />}
          </li>
        ))}
      </ol>
      <div className={css.buttons}>
        {!isPaid && may('casino.cash') && open.length > 1 && (
          <Select
            aria-label={t('casinoDesk.handpays.from')}
            data={open}
            value={desk ?? null}
            onChange={setChosen}
            allowDeselect={false}
          />
        )}
        {!isPaid && may('casino.cash') && (
          <Button
            leftSection={<IconCash size={17} />}
            disabled={handpay.kind === null || desk === undefined}
            onClick={() => setAsking('pay')}
          >
            {t('casinoDesk.handpays.pay')}
          </Button>
        )}
        {isPaid && (
          <Button variant="default" leftSection={<IconReceipt size={17} />} onClick={() => onSlip(handpay)}>
            {t('casinoDesk.handpays.slip', { slip: handpay.slip })}
          </Button>
        )}
        {isPaid && handpay.resetAt === null && may('casino.attend') && (
          <Button leftSection={<IconLockOpen size={17} />} onClick={() => setAsking('reset')}>
            {t('casinoDesk.handpays.reset')}
          </Button>
        )}
      </div>
      {!isPaid && may('casino.cash') && open.length === 0 && (
        <p className={css.quiet}>{t('casinoDesk.handpays.needsShift')}</p>
      )}
      {asking && (
        <ConfirmAction
          opened
          onClose={() => {
            giveUp();
            setAsking(undefined);
          }}
          title={t(`casinoDesk.handpays.${asking}Title`, {
            amount: money(handpay.dueMinor),
            machine: handpay.machine,
          })}
          action={t(`casinoDesk.handpays.${asking}`)}
          onConfirm={confirm}
        >
          {t(`casinoDesk.handpays.${asking}Text`, { desk })}
          <WaitsForSecond isWaiting={isWaiting} />
        </ConfirmAction>
      )}
    </article>
  );
}
