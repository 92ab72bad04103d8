import { AdbError } from './adb-error.ts';
import type { Connection } from './connection.ts';
import { Output } from './output.ts';
import { runService, type ServiceLimits } from './service.ts';
import { encodeShellPacket, ShellDecoder, shellPacketIds } from './shell-protocol.ts';

export interface ShellResult {
  readonly stdout: string;
  /** Empty where the device has only the legacy shell, which mixes both into `stdout`. */
  readonly stderr: string;
  readonly exitCode: number;
}

/**
 * What is appended to a command for the legacy shell (before Android 7), which reports no exit code.
 * A command that itself ends the shell (`exit 3`) leaves no status there.
 */
export const legacyStatusSuffix = '; echo __RC=$?';

export interface ShellRun {
  /** Bounds each of the command's outputs. */
  readonly maxBytes: number;
  /** The command has no input of its own accord: it need not be told that there is none. */
  readonly readsNothing: boolean;
}

/** Runs a command: by shell v2 where the device has it, else by the legacy shell. */
export const runShell = (
  connection: Connection,
  command: string,
  run: ShellRun,
  limits: ServiceLimits,
): Promise<ShellResult> =>
  connection.agreement.banner.features.has('shell_v2')
    ? runShellV2(connection, command, run, limits)
    : runLegacyShell(connection, command, run.maxBytes, limits);

async function runShellV2(
  connection: Connection,
  command: string,
  { maxBytes, readsNothing }: ShellRun,
  limits: ServiceLimits,
): Promise<ShellResult> {
  const stdout = new Output(maxBytes);
  const stderr = new Output(maxBytes);
  let exitCode: number | undefined;
  const decoder = new ShellDecoder((id, data) => {
    if (id === shellPacketIds.exit) exitCode = data[0];
    const output = id === shellPacketIds.stdout ? stdout : id === shellPacketIds.stderr ? stderr : undefined;
    output?.add(data);
  });
  // A command that reads its input must see its end, or it would sit there until the deadline.
  const noInput = readsNothing ? undefined : encodeShellPacket(shellPacketIds.closeStdin, new Uint8Array(0));
  await runService(connection, `shell,v2,raw:${command}`, limits, (chunk) => decoder.push(chunk), noInput);
  if (exitCode === undefined) throw new AdbError('adb.closed', 'the shell ended without an exit code');
  return { stdout: stdout.text(), stderr: stderr.text(), exitCode };
}

async function runLegacyShell(
  connection: Connection,
  command: string,
  maxBytes: number,
  limits: ServiceLimits,
): Promise<ShellResult> {
  const output = new Output(maxBytes);
  await runService(connection, `shell:${command}${legacyStatusSuffix}`, limits, (chunk) => output.add(chunk));
  return parseLegacyOutput(output.text());
}

/**
 * Takes a legacy shell's output apart. Old daemons run it on a pseudo-terminal, which turns `\n` into `\r\n`.
 * @throws AdbError adb.protocol when there is no status line.
 */
export function parseLegacyOutput(text: string): ShellResult {
  const clean = text.replace(/\r+\n/g, '\n');
  const status = /__RC=(\d+)\n?$/.exec(clean);
  if (!status) throw new AdbError('adb.protocol', 'the legacy shell ended without a status line');
  return { stdout: clean.slice(0, status.index), stderr: '', exitCode: Number(status[1]) };
}
