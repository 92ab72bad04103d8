import type { DataSchema, ThingModel } from '@vakhta/things';
import type { KnownCommand } from '../../live/command-store.ts';
import { useWords } from '../../words/words.ts';
import { useValueWords } from '../format/use-value-words.ts';
import { formatValue } from '../format/value.ts';

/** A command's action with what it was given, in words: 'Set volume · 30'. */
export function useCommandTitle() {
  const { say } = useWords();
  const words = useValueWords();
  return (command: Pick<KnownCommand, 'action' | 'input'>, model: ThingModel | undefined): string => {
    const affordance = model?.actions[command.action];
    const title = affordance ? say(affordance.title) : command.action;
    const given = inputText(affordance?.input, command.input ?? {}, (schema, value) =>
      formatValue(schema, value, words, 0),
    );
    return given === '' ? title : `${title} · ${given}`;
  };
}

function inputText(
  schema: DataSchema | undefined,
  input: Readonly<Record<string, unknown>>,
  write: (schema: DataSchema | undefined, value: unknown) => string,
): string {
  return Object.entries(input)
    .map(([name, value]) => write(schema?.properties?.[name], value))
    .join(', ');
}
