import { Button, NumberInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type CasinoHallRules, casinoFloorRoutes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { PageLoading } from '../../../app/page-loading.tsx';
import { useAttempt } from '../../../ui/attempt.ts';
import { tellDone } from '../../../ui/notify.ts';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { PlainForm } from '../../../ui/plain-form.tsx';
import { useWords } from '../../../words/words.ts';
import { AmountField } from '../desk/amount-field.tsx';
import { useHallId } from '../hall.ts';
import { useMoney } from '../money.ts';
import { HallFields } from './hall-fields.tsx';
import { type PolicyName, type PolicyUnit, policyGroups } from './policy-fields.ts';
import { rulesQuery } from './rules-query.ts';
import css from './set-up.module.css';

/** The hall's clock and limits. */
export function RulesSection() {
  const { t } = useWords();
  const { data } = useQuery(rulesQuery(useHallId()));
  return (
    <PanelSection title={t('casinoSetUp.rules.title')} text={t('casinoSetUp.rules.text')}>
      {data ? <RulesForm rules={data} /> : <PageLoading />}
    </PanelSection>
  );
}

type Draft = Record<PolicyName, string>;

function RulesForm({ rules }: { rules: CasinoHallRules }) {
  const { t } = useWords();
  const hall = useHallId();
  const { amount, parse } = useMoney();
  const queryClient = useQueryClient();
  const [clock, setClock] = useState({
    timeZone: rules.timeZone,
    gameDayStart: rules.gameDayStart,
    currency: rules.currency,
  });
  const fields = policyGroups.flatMap((group) => [...group.fields]);
  const [draft, setDraft] = useState<Draft>(
    () =>
      Object.fromEntries(
        fields.map(({ name, unit }) => {
          const value = rules.policy[name] ?? null;
          if (value === null) return [name, ''];
          return [name, unit === 'amount' ? amount(Number(value)) : String(value)];
        }),
      ) as Draft,
  );
  /** What a field holds as the server keeps it; undefined: it can not be taken. */
  const readField = ({
    name,
    unit,
    optional,
  }: {
    name: PolicyName;
    unit: PolicyUnit;
    optional?: boolean;
  }) => {
    const text = draft[name].trim().replace(',', '.');
    if (text === '') return optional ? null : undefined;
    if (unit === 'amount') return parse(draft[name]);
    if (unit === 'points') return /^\d+(\.\d{1,5})?$/.test(text) ? text : undefined;
    return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  };
  const values = Object.fromEntries(fields.map((field) => [field.name, readField(field)]));
  const isComplete = Object.values(values).every((value) => value !== undefined);
  const { attempt, busy, refusal } = useAttempt(
    async () => {
      await api.call(casinoFloorRoutes.setHall, {
        params: { hall },
        body: {
          ...clock,
          minorDigits: rules.minorDigits === 0 ? 0 : 2,
          policy: { ...rules.policy, ...(values as CasinoHallRules['policy']) },
        },
      });
      await queryClient.invalidateQueries({ queryKey: ['casino'] });
    },
    () => tellDone(t('casinoSetUp.rules.saved')),
  );
  return (
    <PlainForm className={css.rules} onSubmit={attempt}>
      <HallFields value={clock} onChange={setClock} currencyFixed />
      {policyGroups.map((group) => (
        <fieldset key={group.name} className={css.group}>
          <legend>{t(`casinoSetUp.rules.groups.${group.name}`)}</legend>
          {group.fields.map(({ name, unit }) => {
            const about = {
              label: t(`casinoSetUp.rules.${name}.label`),
              description: t(`casinoSetUp.rules.${name}.help`),
            };
            const set = (value: string) => setDraft((all) => ({ ...all, [name]: value }));
            return unit === 'amount' ? (
              <AmountField key={name} {...about} value={draft[name]} onChange={set} />
            ) : (
              <NumberInput
                key={name}
                {...about}
                value={draft[name]}
                onChange={(value) => set(String(value))}
                min={0}
                decimalScale={unit === 'points' ? 5 : 0}
                suffix={` ${t(`casinoSetUp.rules.units.${unit}`)}`}
                hideControls
              />
            );
          })}
        </fieldset>
      ))}
      {refusal && (
        <p className={css.refusal} role="alert">
          {refusal}
        </p>
      )}
      <div>
        <Button type="submit" loading={busy} disabled={!isComplete}>
          {t('casinoSetUp.rules.save')}
        </Button>
      </div>
    </PlainForm>
  );
}
