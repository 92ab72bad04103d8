import { systemClock } from '@vakhta/kernel';
import { type AdbPublicKey, legacyStatusSuffix } from '../src/adb/index.ts';
import {
  type AdbdCommandIo,
  type AdbdCommandResult,
  type AdbdHost,
  MemoryFiles,
} from '../src/simulator/adbd/index.ts';

type Command = (words: string[], io: AdbdCommandIo) => Promise<AdbdCommandResult> | AdbdCommandResult;

const said = (stdout: string | Uint8Array, exitCode = 0): AdbdCommandResult => ({ stdout, exitCode });

/** A machine without a screen: a shell of a few commands, files in memory, and keys that a test accepts or refuses. */
export class ScriptedHost implements AdbdHost {
  readonly banner = { product: 'metro', model: 'Metro TV 55', device: 'metro55' };
  readonly files = new MemoryFiles({ clock: systemClock });
  readonly known = new Map<string, AdbPublicKey>();
  readonly rejected = new Set<string>();
  /** Dialogs on the screen, oldest first. */
  readonly dialogs: { key: AdbPublicKey; accept: () => void }[] = [];
  readonly rebootTargets: string[] = [];
  /** Commands that wait for ever, and how many of them were given up. */
  hanging = 0;
  abandoned = 0;

  readonly commands: Record<string, Command> = {
    echo: (words) => said(`${words.join(' ')}\n`),
    exit: (words) => said('', Number(words[0])),
    complain: (words) => ({ stdout: 'out\n', stderr: `${words.join(' ')}\n`, exitCode: 1 }),
    flood: (words) => said(new Uint8Array(Number(words[0])).fill(0x2e)),
    cat: async (_words, { stdin }) => {
      const input: Uint8Array[] = [];
      for await (const chunk of stdin) input.push(chunk);
      return said(Buffer.concat(input));
    },
    hang: (_words, { signal }) =>
      new Promise((resolve) => {
        this.hanging++;
        signal.addEventListener('abort', () => {
          this.abandoned++;
          resolve(said('', 130));
        });
      }),
  };

  knownKeys(): Iterable<AdbPublicKey> {
    return this.known.values();
  }

  authorise(key: AdbPublicKey): 'known' | 'unknown' | 'rejected' {
    if (this.rejected.has(key.encoded)) return 'rejected';
    return this.known.has(key.encoded) ? 'known' : 'unknown';
  }

  onUnknownKey(key: AdbPublicKey, accept: () => void): void {
    this.dialogs.push({ key, accept });
  }

  /** "Always allow", on the oldest dialog. */
  acceptDialog(): void {
    const dialog = this.dialogs.shift();
    if (!dialog) return;
    this.known.set(dialog.key.encoded, dialog.key);
    dialog.accept();
  }

  reboot(target: string): void {
    this.rebootTargets.push(target);
  }

  async run(commandLine: string, io: AdbdCommandIo): Promise<AdbdCommandResult> {
    const asksForStatus = commandLine.endsWith(legacyStatusSuffix);
    const command = asksForStatus ? commandLine.slice(0, -legacyStatusSuffix.length) : commandLine;
    const [name = '', ...words] = command.split(' ');
    const result = (await this.commands[name]?.(words, io)) ?? {
      stdout: '',
      stderr: `sh: ${name}: inaccessible or not found\n`,
      exitCode: 127,
    };
    if (!asksForStatus) return result;
    const status = Buffer.from(`__RC=${result.exitCode}\n`);
    return { ...result, stdout: Buffer.concat([Buffer.from(result.stdout), status]), exitCode: 0 };
  }
}
