import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type CasinoDayCheck, type CasinoGameDay, casinoActRoutes, casinoDayRoutes } from '@vakhta/api';
import { api } from '../../../app/api.ts';
import { PageLoading } from '../../../app/page-loading.tsx';
import { useMay } from '../../../app/session.ts';
import { useAttempt } from '../../../ui/attempt.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useWords } from '../../../words/words.ts';
import { useAlertTexts } from '../alert-texts.ts';
import { useTwoPersons, WaitsForSecond } from '../approvals/two-persons.tsx';
import { useHallId } from '../hall.ts';
import css from './days.module.css';

const EVERY = 3_000;

interface CloseDayDialogProps {
  day: CasinoGameDay;
  onClose(): void;
}

/** What is looked at before a day is closed, and closing it. */
export function CloseDayDialog({ day: { date }, onClose }: CloseDayDialogProps) {
  const { t } = useWords();
  const hall = useHallId();
  const mayClose = useMay()('casino.close');
  const queryClient = useQueryClient();
  const params = { hall, date };
  const checks = useQuery({
    queryKey: ['casino', hall, 'day-checks', date],
    queryFn: async () => (await api.call(casinoDayRoutes.readDayChecks, { params })).items,
    refetchInterval: EVERY,
  }).data;
  const { withApproval, isWaiting } = useTwoPersons();
  const { attempt, busy, refusal } = useAttempt(async () => {
    await withApproval(() => api.call(casinoActRoutes.closeGameDay, { params, body: {} }));
    await queryClient.invalidateQueries({ queryKey: ['casino', hall] });
  }, onClose);
  const stands = checks?.some(({ isNeeded, of }) => isNeeded && of.length > 0) ?? true;
  return (
    <FormDialog
      title={t('casinoControl.days.closeTitle', { date })}
      action={t('casinoControl.days.close')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      disabled={stands || !mayClose}
      refusal={refusal}
    >
      {!checks && <PageLoading />}
      <ul className={css.checks}>
        {checks?.map((one) => (
          <Check key={one.check} check={one} />
        ))}
      </ul>
      <p className={css.text}>{t('casinoControl.days.closeText')}</p>
      <WaitsForSecond isWaiting={isWaiting} />
    </FormDialog>
  );
}

function Check({ check: { check, isNeeded, of } }: { check: CasinoDayCheck }) {
  const { t } = useWords();
  const { meterTextOf } = useAlertTexts();
  // A held delta is told as 'M09 00': its machine and its meter.
  const textOf = (one: string) =>
    check === 'held_open' ? one.replace(/[0-9A-F]{2}$/, (code) => meterTextOf(code)) : one;
  const state = of.length === 0 ? 'ok' : isNeeded ? 'needed' : 'told';
  const Icon = { ok: IconCircleCheck, needed: IconAlertTriangle, told: IconInfoCircle }[state];
  return (
    <li data-state={state}>
      <Icon size={19} role="img" aria-label={t(`casinoControl.days.${state}`)} />
      <span>
        {of.length === 0
          ? t(`casinoControl.days.checks.${check}.good`)
          : t(`casinoControl.days.checks.${check}.bad`, { of: of.map(textOf).join(', ') })}
      </span>
    </li>
  );
}
