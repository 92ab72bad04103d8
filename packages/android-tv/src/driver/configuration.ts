import { type Duration, seconds, UsageError } from '@vakhta/kernel';
import * as z from 'zod';
import { cableKinds, relayDialects, relayKinds } from '../model/configuration.ts';

const Relay = z
  .object({
    kind: z.enum(relayKinds).default('none'),
    chip: z.string().optional(),
    line: z.int().optional(),
    energisedIsOff: z.boolean().default(true),
    url: z.url().optional(),
    dialect: z.enum(relayDialects).default('vakhta'),
    offSeconds: z.int().default(10),
  })
  .transform((flat, context): RelayConfiguration => {
    const { kind, chip, line, energisedIsOff, url, dialect } = flat;
    const offFor = seconds(flat.offSeconds);
    const missing = (field: string) => {
      context.addIssue({
        code: 'custom',
        path: [field],
        message: `is required for a relay of kind '${kind}'`,
      });
      return z.NEVER;
    };
    switch (kind) {
      case 'none':
        return { kind };
      case 'simulated':
        return { kind, offFor };
      case 'http':
        return url === undefined ? missing('url') : { kind, offFor, url, dialect };
      case 'gpioset':
        if (chip === undefined) return missing('chip');
        return line === undefined ? missing('line') : { kind, offFor, chip, line, energisedIsOff };
    }
  });

const Cable = z
  .object({
    kind: z.enum(cableKinds).default('none'),
    interface: z.string().optional(),
    url: z.url().optional(),
  })
  .transform((flat, context): CableConfiguration => {
    const missing = (field: string) => {
      context.addIssue({
        code: 'custom',
        path: [field],
        message: `is required for a cable of kind '${flat.kind}'`,
      });
      return z.NEVER;
    };
    switch (flat.kind) {
      case 'none':
        return { kind: 'none' };
      case 'sysfs':
        return flat.interface === undefined
          ? missing('interface')
          : { kind: 'sysfs', interface: flat.interface };
      case 'http':
        return flat.url === undefined ? missing('url') : { kind: 'http', url: flat.url };
    }
  });

const Configuration = z.object({
  address: z.string().min(1),
  port: z.int().min(1).max(65535).default(5555),
  relay: Relay.prefault({}),
  cable: Cable.prefault({}),
});

export type RelayConfiguration =
  | { kind: 'none' }
  | { kind: 'simulated'; offFor: Duration }
  | { kind: 'http'; offFor: Duration; url: string; dialect: (typeof relayDialects)[number] }
  | { kind: 'gpioset'; offFor: Duration; chip: string; line: number; energisedIsOff: boolean };

export type CableConfiguration =
  | { kind: 'none' }
  | { kind: 'sysfs'; interface: string }
  | { kind: 'http'; url: string };

export interface TvConfiguration {
  address: string;
  port: number;
  relay: RelayConfiguration;
  cable: CableConfiguration;
}

/**
 * The model's schema has no alternatives, so which fields belong to which kind of relay is checked here.
 * @throws UsageError tv.configuration, naming the field.
 */
export function parseConfiguration(configuration: unknown): TvConfiguration {
  const parsed = Configuration.safeParse(configuration);
  if (!parsed.success)
    throw new UsageError('tv.configuration', z.prettifyError(parsed.error), {
      context: { fields: parsed.error.issues.map(({ path }) => path.join('.')) },
    });
  return parsed.data;
}
