import { Tooltip } from '@mantine/core';
import type { PadButton, ThingModel } from '@vakhta/things';
import { useCallback, useSyncExternalStore } from 'react';
import { isFinal, type KnownCommand } from '../../live/command-store.ts';
import { commands } from '../../live/live.ts';
import { usePast } from '../../past/past.ts';
import { useWords } from '../../words/words.ts';
import { ThingIcon } from '../thing-icon.tsx';
import { useActing } from './acting.tsx';
import css from './action-button.module.css';
import type { Input } from './send.ts';

interface ActionButtonProps {
  model: ThingModel;
  button: PadButton;
  things: readonly string[];
  /** Icon and word in a row, the word alone, the icon with its word in a tooltip, or the icon above its word. */
  look?: 'row' | 'word' | 'icon' | 'stacked';
}

/** A pad button's words: its own, else those of the key or value it presses, else its action's. */
function useButtonLabel() {
  const { say } = useWords();
  return (model: ThingModel, button: PadButton): string => {
    if (button.label) return say(button.label);
    const affordance = model.actions[button.action];
    for (const [name, value] of Object.entries(button.input)) {
      const choice = affordance?.input?.properties?.[name]?.choices?.find((each) => each.const === value);
      if (choice) return say(choice.title);
    }
    return affordance ? say(affordance.title) : button.action;
  };
}

/** Asks for an action with its input already chosen; shows on itself how its own last press is faring. */
export function ActionButton({ model, button, things, look = 'row' }: ActionButtonProps) {
  const { ask } = useActing();
  const past = usePast();
  const { t } = useWords();
  const label = useButtonLabel()(model, button);
  const affordance = model.actions[button.action];
  const state = useOwnState(things.length === 1 ? things[0] : undefined, button);
  // An action's icon says nothing of which key it presses.
  const isPlain = button.label === undefined && Object.keys(button.input).length === 0;
  const icon = button.icon ?? (isPlain ? affordance?.icon : undefined);
  // Without an icon of its own a button has to say its word.
  const compact = look === 'icon' && icon !== undefined;
  const element = (
    <button
      type="button"
      className={css.button}
      data-look={compact ? 'icon' : look}
      data-state={state}
      data-physical={affordance?.physical || undefined}
      aria-label={compact ? label : undefined}
      title={past ? t('past.noActions') : compact ? undefined : label}
      disabled={past !== undefined}
      onClick={() => ask({ model, action: button.action, input: button.input, things })}
    >
      {icon && look !== 'word' && <ThingIcon name={icon} size={compact ? 19 : 18} />}
      {!compact && <span className={css.label}>{label}</span>}
    </button>
  );
  return compact ? (
    <Tooltip label={label} openDelay={250} withArrow events={{ hover: true, focus: true, touch: false }}>
      {element}
    </Tooltip>
  ) : (
    element
  );
}

type OwnState = 'running' | 'good' | 'bad' | undefined;

/** What became of the press, where the thing's last command is this very button's. */
function useOwnState(thing: string | undefined, button: PadButton): OwnState {
  const subscribe = useCallback(
    (listener: () => void) =>
      thing === undefined ? () => {} : commands.subscribe(`thing:${thing}`, listener),
    [thing],
  );
  return useSyncExternalStore(subscribe, () => {
    const last = thing === undefined ? undefined : commands.latestOf(thing);
    if (!last || last.action !== button.action || !sameInput(last, button.input as Input)) return undefined;
    if (!isFinal(last)) return 'running';
    if (last.state === 'succeeded') return last.outcome?.observed === false ? undefined : 'good';
    return 'bad';
  });
}

const sameInput = (command: KnownCommand, input: Input): boolean =>
  Object.entries(input).every(([name, value]) => command.input?.[name] === value);
