import { seconds } from '@vakhta/kernel';
import { parseValue } from '@vakhta/things';
import { expect, it } from 'vitest';
import { androidTv } from '../model/android-tv.ts';
import { parseConfiguration } from './configuration.ts';

/** What the host does first: the model's schema, with its defaults filled in. */
function checked(configuration: unknown) {
  const parsed = parseValue(androidTv.configuration, configuration);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parseConfiguration(parsed.value);
}

it('needs no more than an address', () => {
  expect(checked({ address: '192.168.48.74' })).toEqual({
    address: '192.168.48.74',
    port: 5555,
    relay: { kind: 'none' },
    cable: { kind: 'none' },
  });
});

it('keeps of a relay what its kind needs', () => {
  expect(checked({ address: 'tv', relay: { kind: 'gpioset', chip: 'gpiochip0', line: 17 } }).relay).toEqual({
    kind: 'gpioset',
    chip: 'gpiochip0',
    line: 17,
    energisedIsOff: true,
    offFor: seconds(10),
  });
  const http = { kind: 'http', url: 'http://10.0.0.5', dialect: 'shelly', offSeconds: 15 };
  expect(checked({ address: 'tv', relay: http }).relay).toEqual({
    kind: 'http',
    url: 'http://10.0.0.5',
    dialect: 'shelly',
    offFor: seconds(15),
  });
});

it.each([
  [{ relay: { kind: 'http' } }, 'relay.url'],
  [{ relay: { kind: 'gpioset', line: 1 } }, 'relay.chip'],
  [{ relay: { kind: 'gpioset', chip: 'gpiochip0' } }, 'relay.line'],
  [{ cable: { kind: 'sysfs' } }, 'cable.interface'],
  [{ cable: { kind: 'http' } }, 'cable.url'],
])('names the field that is missing in %j', (part, field) => {
  expect(() => checked({ address: 'tv', ...part })).toThrow(
    expect.objectContaining({ code: 'tv.configuration', context: { fields: [field] } }),
  );
});
