import { Lamp } from '../../ui/lamp.tsx';
import { useWords } from '../../words/words.ts';
import { type MachineState, machineTones } from './machine-state.ts';

/** The state of a machine in a shape and a word. */
export function MachineStateLamp({ state }: { state: MachineState }) {
  const { t } = useWords();
  return <Lamp tone={machineTones[state]} word={t(`casinoFloor.states.${state}`)} />;
}
