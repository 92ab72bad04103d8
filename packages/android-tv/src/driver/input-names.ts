import type { HardwareConnection, TvInputEntry } from '../readers/index.ts';

/** What the TV's own interface is called as a source. */
export const appsSource = 'APPS';

export interface NamedInput {
  id: string;
  /** As it stands in the property and in the action's input: 'HDMI1', 'TV', or the last part of an id. */
  name: string;
  label: string;
}

/**
 * Names a TV's inputs. `HWn` in an id is the vendor's numbering: only the hardware list of the same TV tells the HDMI
 * port behind it, so without one the part of the id stays as it is.
 */
export function nameInputs(
  inputs: readonly TvInputEntry[],
  hardware: readonly HardwareConnection[],
): NamedInput[] {
  const taken = new Map<string, number>();
  return inputs.map(({ id }) => {
    const port = hardware.find(({ inputId }) => inputId === id)?.hdmiPort;
    const base = port === undefined ? withoutPort(id) : `HDMI${port}`;
    const count = (taken.get(base) ?? 0) + 1;
    taken.set(base, count);
    const name = count === 1 ? base : `${base}-${count}`;
    return { id, name, label: port === undefined ? name : name.replace('HDMI', 'HDMI ') };
  });
}

const withoutPort = (id: string): string => (/tuner/i.test(id) ? 'TV' : (id.split('/').at(-1) ?? id));

/** People and scripts write `hdmi 1` too; an id as the TV prints it is taken as well. */
export function findInput(inputs: readonly NamedInput[], asked: string): NamedInput | undefined {
  const plain = (text: string) => text.replaceAll(/[\s_-]/g, '').toUpperCase();
  return inputs.find(({ id, name }) => id === asked || plain(name) === plain(asked));
}
