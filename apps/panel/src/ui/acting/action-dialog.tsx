import { Button, Modal } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiError } from '@vakhta/api';
import type { SchemaViolation } from '@vakhta/things';
import { type FormEvent, useMemo, useState } from 'react';
import { things } from '../../live/live.ts';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { checkDraft, type Draft, draftOf } from '../schema-form/draft.ts';
import { SchemaFields } from '../schema-form/schema-fields.tsx';
import css from './action-dialog.module.css';
import type { Asking } from './asking.ts';
import type { Input } from './send.ts';
import { sharedReadings } from './shared-readings.ts';

interface ActionDialogProps {
  asking: Asking;
  onClose(): void;
  onSend(input: Input): Promise<void>;
}

const MOST_NAMES = 6;
const noViolations: ReadonlyMap<string, SchemaViolation> = new Map();

/** Before an action is sent: what is left to choose, on what it is done, and exactly what will happen. */
export function ActionDialog({ asking, onClose, onSend }: ActionDialogProps) {
  const { t, say } = useWords();
  const textOf = useErrorText();
  const affordance = asking.model.actions[asking.action];
  const chosen = useMemo(() => asking.things.flatMap((id) => things.get(id) ?? []), [asking.things]);
  const readings = useMemo(() => sharedReadings(chosen, affordance?.input), [chosen, affordance]);
  const [draft, setDraft] = useState<Draft>(() => startingDraft(asking, readings));
  const [violations, setViolations] = useState(noViolations);
  const [refusal, setRefusal] = useState<string>();
  const [busy, setBusy] = useState(false);
  if (!affordance) return null;

  const title = say(affordance.title);
  const offline = chosen.filter((thing) => !thing.online).length;
  const physical = affordance.physical || affordance.confirm === 'ask';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const checked = affordance.input ? checkDraft(affordance.input, draft) : { ok: true as const, value: {} };
    if (!checked.ok) return setViolations(checked.violations);
    setViolations(noViolations);
    setBusy(true);
    try {
      await onSend(checked.value as Input);
      onClose();
    } catch (error) {
      setRefusal(
        error instanceof ApiError && error.field ? `${textOf(error)} ${error.message}` : textOf(error),
      );
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={physical ? t('acting.ask', { action: title }) : title}
      closeButtonProps={{ 'aria-label': t('shell.do.close') }}
    >
      <form onSubmit={(event) => void submit(event)} className={css.form} noValidate>
        {affordance.consequence && (
          <p className={css.consequence}>
            <IconAlertTriangle size={20} aria-hidden />
            <span>{say(affordance.consequence)}</span>
          </p>
        )}
        {affordance.input && (
          <SchemaFields
            schema={affordance.input}
            draft={draft}
            onChange={setDraft}
            violations={violations}
            readings={readings}
          />
        )}
        <p className={css.target}>
          {chosen.length === 1
            ? t('acting.onOne', { name: chosen[0]?.name ?? '' })
            : t('acting.onMany', {
                count: chosen.length,
                names: namesOf(
                  chosen.map(({ name }) => name),
                  t,
                ),
              })}{' '}
          {offline > 0 &&
            (chosen.length === 1 ? t('acting.offlineOne') : t('acting.offline', { count: offline }))}
        </p>
        {!affordance.effect && <p className={css.target}>{t('acting.unobservable')}</p>}
        {refusal && (
          <p className={css.refusal} role="alert">
            {refusal}
          </p>
        )}
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('shell.do.cancel')}
          </Button>
          <Button
            type="submit"
            color={physical ? 'red' : 'accent'}
            loading={busy}
            data-autofocus={!affordance.input}
          >
            {chosen.length > 1 ? t('acting.sendToMany', { action: title, count: chosen.length }) : title}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function namesOf(names: readonly string[], t: ReturnType<typeof useWords>['t']): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  const rest = names.length - MOST_NAMES;
  return rest > 0 ? `${shown} ${t('acting.andMore', { count: rest })}` : shown;
}

/** A field whose member is what the action's effect shows starts at what is so now. */
function startingDraft({ model, action, input }: Asking, readings: Readonly<Record<string, unknown>>): Draft {
  const affordance = model.actions[action];
  if (!affordance?.input) return {};
  const { effect } = affordance;
  const present = effect && readings[effect.property];
  const start =
    effect?.input !== undefined && present !== undefined && present !== null
      ? { [effect.input]: present }
      : {};
  return draftOf(affordance.input, { ...start, ...input });
}
