import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type CasinoInboxItem, casinoActRoutes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { useMay } from '../../../app/session.ts';
import { useAttempt } from '../../../ui/attempt.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useWords } from '../../../words/words.ts';
import { useAlertTexts } from '../alert-texts.ts';
import { useTwoPersons, WaitsForSecond } from '../approvals/two-persons.tsx';
import { useHallId } from '../hall.ts';
import css from './inbox.module.css';

/** A clear that nobody had announced: what was played before it is not known until its last meters are typed. */
export function GapItem({ item }: { item: CasinoInboxItem }) {
  const { t } = useWords();
  const mayAttend = useMay()('casino.attend');
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <p>{t('casinoControl.inbox.gap')}</p>
      {mayAttend && (
        <div className={css.buttons}>
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('casinoControl.inbox.typeMeters')}
          </Button>
        </div>
      )}
      {isAsking && <TypedMetersDialog item={item} onClose={() => setAsking(false)} />}
    </>
  );
}

function TypedMetersDialog({ item, onClose }: { item: CasinoInboxItem; onClose(): void }) {
  const { t, language } = useWords();
  const { meterTextOf } = useAlertTexts();
  const hall = useHallId();
  const queryClient = useQueryClient();
  const last = Object.entries(isRecord(item.detail.last) ? item.detail.last : {});
  const [typed, setTyped] = useState<Record<string, string>>({});
  const { withApproval, isWaiting } = useTwoPersons();
  const meters = Object.fromEntries(
    last.map(([code, value]) => [code, typed[code] === undefined ? Number(value) : Number(typed[code])]),
  );
  const isWrong = (code: string) => typed[code] !== undefined && !/^\d{1,18}$/.test(typed[code]);
  const { attempt, busy, refusal } = useAttempt(async () => {
    const body = { observedAt: item.at, meters, closesEpoch: Number(item.what) };
    await withApproval(() =>
      api.call(casinoActRoutes.typeReading, { params: { hall, machine: item.machine }, body }),
    );
    await queryClient.invalidateQueries({ queryKey: ['casino', hall] });
  }, onClose);
  return (
    <FormDialog
      title={t('casinoControl.inbox.typed.title', { machine: item.machine })}
      action={t('casinoControl.inbox.typed.submit')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      disabled={last.some(([code]) => isWrong(code))}
      refusal={refusal}
    >
      <p className={css.effect}>{t('casinoControl.inbox.typed.help')}</p>
      {last.map(([code, value]) => (
        <TextInput
          key={code}
          label={`${code} ${meterTextOf(code)}`}
          description={t('casinoControl.inbox.typed.last', {
            value: new Intl.NumberFormat(language).format(Number(value)),
          })}
          value={typed[code] ?? String(value)}
          onChange={(event) => {
            const text = event.currentTarget.value;
            setTyped((all) => ({ ...all, [code]: text }));
          }}
          error={isWrong(code) ? t('casinoControl.inbox.typed.notWhole') : undefined}
          inputMode="numeric"
        />
      ))}
      <WaitsForSecond isWaiting={isWaiting} />
    </FormDialog>
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
