import { Button, Radio, SegmentedControl, Select } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type CasinoDesk, type CasinoMachine, type CasinoTransfer, casinoActRoutes } from '@vakhta/api';
import { newId, systemClock, systemRandom } from '@vakhta/kernel';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { thingsQuery } from '../../../app/directory.ts';
import { useAttempt } from '../../../ui/attempt.ts';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { PlainForm } from '../../../ui/plain-form.tsx';
import { useWords } from '../../../words/words.ts';
import { floorQuery } from '../floor/floor-query.ts';
import { useHallId } from '../hall.ts';
import { useLiveMachine } from '../machine-state.ts';
import { MachineStateLamp } from '../machine-state-lamp.tsx';
import { useMoney } from '../money.ts';
import { AmountField } from './amount-field.tsx';
import css from './desk.module.css';
import { TransferLife } from './transfer-life.tsx';

type Credit = CasinoTransfer['credit'];
type Direction = CasinoTransfer['direction'];
const credits: readonly Credit[] = ['cashable', 'nonrestricted', 'restricted'];
const directions: readonly Direction[] = ['toMachine', 'toHost'];

const newKey = (): string => newId({ clock: systemClock, random: systemRandom });

interface CreditFormProps {
  desk: CasinoDesk;
  /** Chosen before, on the machine's page. */
  machine: string | undefined;
}

/** Moves money between the desk and a machine, and stays until it is known what became of it. */
export function CreditForm({ desk, machine: asked }: CreditFormProps) {
  const { t } = useWords();
  const hall = useHallId();
  useQuery(thingsQuery);
  const machines = useQuery(floorQuery(hall)).data ?? [];
  const [name, setName] = useState<string | null>(asked ?? null);
  const [key, setKey] = useState<string>();
  const machine = machines.find((one) => one.machine === name);
  return (
    <PanelSection title={t('casinoDesk.credit.title')}>
      {key ? (
        <TransferLife transfer={key} onNext={() => setKey(undefined)} />
      ) : (
        <>
          {desk.shift?.state !== 'open' && (
            <p className={css.notice} role="status">
              {t('casinoDesk.credit.needsShift')}
            </p>
          )}
          <Select
            label={t('casinoDesk.credit.machine')}
            placeholder={t('casinoDesk.credit.chooseMachine')}
            nothingFoundMessage={t('casinoFloor.noneFound')}
            data={machines.map((one) => ({
              value: one.machine,
              label: one.player === null ? one.machine : `${one.machine} · ${one.player}`,
            }))}
            value={name}
            onChange={setName}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('casinoDesk.credit.otherMachine') }}
          />
          {machine && <MachineCard machine={machine} />}
          {machine && (
            <AmountForm key={machine.machine} machine={machine} desk={desk} onSent={(sent) => setKey(sent)} />
          )}
        </>
      )}
    </PanelSection>
  );
}

/** The machine that is about to be credited, so that nobody credits the wrong one. */
function MachineCard({ machine }: { machine: CasinoMachine }) {
  const { t } = useWords();
  const { money } = useMoney();
  const { state, credits: on } = useLiveMachine(machine);
  return (
    <div className={css.machine}>
      <MachineStateLamp state={state} />
      <span>{machine.player ?? t('casinoFloor.noGuest')}</span>
      <span>
        {t('casinoFloor.onMachine')}: <b>{money(on === null ? null : on * machine.denominationMinor)}</b>
      </span>
      {!machine.creditingAllowed && <p className={css.notice}>{t('casinoDesk.credit.notAllowed')}</p>}
    </div>
  );
}

interface AmountFormProps {
  machine: CasinoMachine;
  desk: CasinoDesk;
  onSent(key: string): void;
}

function AmountForm({ machine, desk, onSent }: AmountFormProps) {
  const { t } = useWords();
  const hall = useHallId();
  const { parse, money, amount } = useMoney();
  const queryClient = useQueryClient();
  const [text, setText] = useState('');
  const [credit, setCredit] = useState<Credit>('cashable');
  const [direction, setDirection] = useState<Direction>('toMachine');
  // One key is one transfer, however often it is sent: it stays until an answer came.
  const [key] = useState(newKey);
  const minor = parse(text);
  const isWhole = minor === undefined || minor % machine.denominationMinor === 0;
  const kind = direction === 'toHost' && credit === 'restricted' ? 'cashable' : credit;
  const { attempt, busy, refusal } = useAttempt(
    async () => {
      const body = {
        credit: kind,
        direction,
        desk: desk.desk,
        machine: machine.machine,
        amountMinor: minor ?? 0,
        ...(machine.player !== null && { player: machine.player }),
        allowPartial: false,
      };
      await api.call(casinoActRoutes.requestTransfer, { params: { hall, key }, body });
      void queryClient.invalidateQueries({ queryKey: ['casino', hall] });
    },
    () => onSent(key),
  );
  const sentence = t(`casinoDesk.credit.${direction}Sentence`, {
    amount: money(minor ?? 0),
    kind: t(`casinoDesk.kinds.${kind}.word`),
    machine: machine.machine,
  });
  const isReady =
    minor !== undefined &&
    minor > 0 &&
    isWhole &&
    desk.shift?.state === 'open' &&
    (direction === 'toHost' || machine.creditingAllowed);
  return (
    <PlainForm className={css.form} onSubmit={() => isReady && attempt()}>
      <SegmentedControl
        aria-label={t('casinoDesk.credit.direction')}
        data={directions.map((value) => ({ value, label: t(`casinoDesk.credit.${value}`) }))}
        value={direction}
        onChange={(value) => setDirection(value === 'toHost' ? 'toHost' : 'toMachine')}
        fullWidth
      />
      <Radio.Group
        label={t('casinoDesk.credit.kind')}
        value={kind}
        onChange={(value) => setCredit(credits.find((one) => one === value) ?? 'cashable')}
      >
        <div className={css.kinds}>
          {credits
            .filter((one) => direction === 'toMachine' || one !== 'restricted')
            .map((one) => (
              <Radio
                key={one}
                value={one}
                label={t(`casinoDesk.kinds.${one}.name`)}
                description={t(`casinoDesk.kinds.${one}.help`)}
              />
            ))}
        </div>
      </Radio.Group>
      <AmountField
        label={t('casinoDesk.credit.amount')}
        value={text}
        onChange={setText}
        error={
          isWhole
            ? undefined
            : t('casinoDesk.credit.notWhole', { denomination: amount(machine.denominationMinor) })
        }
      />
      {minor !== undefined && isWhole && minor > 0 && (
        <p className={css.quiet}>
          {t('casinoDesk.credit.inCredits', {
            count: minor / machine.denominationMinor,
            denomination: money(machine.denominationMinor),
          })}
        </p>
      )}
      {refusal && (
        <p className={css.refusal} role="alert">
          {refusal}
        </p>
      )}
      <Button type="submit" size="md" loading={busy} disabled={!isReady} classNames={{ label: css.sentence }}>
        {minor ? sentence : t(`casinoDesk.credit.${direction}`)}
      </Button>
    </PlainForm>
  );
}
