import { expect, it } from 'vitest';
import { findInput, nameInputs } from './input-names.ts';

const tcl = (n: number) => `com.tcl.tvinput/.TvPassThroughService/HW${n}`;
const entry = (id: string) => ({ id, state: 'connected' as const });

it('names an HDMI input by the port its hardware says, never by the number in its id', () => {
  const hardware = [
    { inputId: tcl(15), hdmiPort: 3, held: false },
    { inputId: tcl(17), hdmiPort: 1, held: true },
  ];
  expect(
    nameInputs([entry(tcl(15)), entry(tcl(17))], hardware).map(({ name, label }) => [name, label]),
  ).toEqual([
    ['HDMI3', 'HDMI 3'],
    ['HDMI1', 'HDMI 1'],
  ]);
});

it('leaves the end of the id where the TV does not tell the port', () => {
  expect(
    nameInputs([entry(tcl(15)), entry('com.tcl.tvinput/.TunerInputService/HW2')], []).map(({ name }) => name),
  ).toEqual(['HW15', 'TV']);
});

it('gives two inputs of one kind two names', () => {
  expect(nameInputs([entry('a/.Tuner/HW0'), entry('a/.Tuner/HW1')], []).map(({ name }) => name)).toEqual([
    'TV',
    'TV-2',
  ]);
});

it('finds an input however it is written', () => {
  const inputs = nameInputs([entry(tcl(17))], [{ inputId: tcl(17), hdmiPort: 1, held: false }]);
  for (const asked of ['HDMI1', 'hdmi 1', 'HDMI-1', tcl(17)])
    expect(findInput(inputs, asked)?.id).toBe(tcl(17));
  expect(findInput(inputs, 'HDMI2')).toBeUndefined();
});
