import { err, ok, type Result } from '@vakhta/kernel';
import { z } from 'zod';

/** Where a line is, and how its ninth bit is carried. */
export type LineAddress =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | {
      readonly kind: 'serial';
      readonly path: string;
      readonly technique: 'auto' | 'markSpace' | 'evenOdd' | 'fixedEven' | 'bridge';
    };

const port = z.coerce.number().int().min(1).max(65535);
const techniques = {
  auto: 'auto',
  markspace: 'markSpace',
  evenodd: 'evenOdd',
  even: 'fixedEven',
  bridge: 'bridge',
} as const;

/** The forms a line's address has, for help texts. */
export const lineAddressForms =
  '/dev/ttyUSB0, markspace:/dev/…, evenodd:/dev/…, even:/dev/…, bridge:/dev/…, or tcp://host:port';

/** Reads one of `lineAddressForms`; the error says what is wrong with it. */
export function parseLineAddress(text: string): Result<LineAddress, string> {
  const tcp = /^tcp:(?:\/\/)?(?:\[(?<v6>[^\]]+)\]|(?<name>[^:/]+)):(?<port>\d+)$/.exec(text)?.groups;
  if (tcp) {
    const parsed = port.safeParse(tcp.port);
    if (!parsed.success) return err(`${tcp.port} is no TCP port`);
    return ok({ kind: 'tcp', host: tcp.v6 ?? tcp.name ?? '', port: parsed.data });
  }
  const serial = /^(?:(?<technique>[a-z]+):)?(?<path>\/.+)$/.exec(text)?.groups;
  const technique = serial && (serial.technique ?? 'auto');
  if (!technique || !Object.hasOwn(techniques, technique))
    return err(`'${text}' is no line; a line is ${lineAddressForms}`);
  return ok({
    kind: 'serial',
    path: serial.path!,
    technique: techniques[technique as keyof typeof techniques],
  });
}
