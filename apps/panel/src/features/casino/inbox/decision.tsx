import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../../../app/session.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { useTwoPersons, WaitsForSecond } from '../approvals/two-persons.tsx';
import { useHallId } from '../hall.ts';
import css from './inbox.module.css';

interface Choice<Value extends string> {
  value: Value;
  action: string;
  /** The question asked before it is done. */
  title: string;
}

interface DecisionProps<Value extends string> {
  choices: readonly Choice<Value>[];
  /** What the person should know before deciding. */
  text: string;
  onDecide(value: Value): Promise<unknown>;
}

/** The answers to an item of the inbox; each is asked about once more and needs a second person. */
export function Decision<Value extends string>({ choices, text, onDecide }: DecisionProps<Value>) {
  const hall = useHallId();
  const mayClose = useMay()('casino.close');
  const queryClient = useQueryClient();
  const { withApproval, isWaiting, giveUp } = useTwoPersons();
  const [asked, setAsked] = useState<Choice<Value>>();
  if (!mayClose) return null;
  return (
    <div className={css.buttons}>
      {choices.map((choice) => (
        <Button key={choice.value} variant="default" onClick={() => setAsked(choice)}>
          {choice.action}
        </Button>
      ))}
      {asked && (
        <ConfirmAction
          opened
          onClose={() => {
            giveUp();
            setAsked(undefined);
          }}
          title={asked.title}
          action={asked.action}
          onConfirm={async () => {
            await withApproval(() => onDecide(asked.value));
            await queryClient.invalidateQueries({ queryKey: ['casino', hall] });
          }}
        >
          {text}
          <WaitsForSecond isWaiting={isWaiting} />
        </ConfirmAction>
      )}
    </div>
  );
}
