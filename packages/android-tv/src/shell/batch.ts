import type { Duration } from '@vakhta/kernel';
import type { AdbDevice } from '../adb/device.ts';

export interface BatchOptions {
  deadline: Duration;
  signal?: AbortSignal;
}

/** `dumpsys audio` and `dumpsys window` can be hundreds of kilobytes each. */
const largestOutput = 4 * 1024 * 1024;

/**
 * Runs commands in one round trip and gives each one's output, stdout and stderr together. Nothing is filtered on the
 * TV: Fire OS 5 has no sed, and a grep that stops early makes dumpsys print "Broken pipe".
 *
 * @throws AdbError as `AdbDevice.shell` does.
 */
export async function runBatch(
  device: Pick<AdbDevice, 'shell'>,
  commands: readonly string[],
  options: BatchOptions,
): Promise<string[]> {
  const { stdout } = await device.shell(batchScript(commands), {
    ...options,
    maxBytes: largestOutput,
    readsNothing: true,
  });
  return splitBatch(stdout, commands.length);
}

/**
 * `echo @@0`, the first command, `echo @@1`, … and a last mark. None of them has an input, so that nothing need be told
 * of its end: that would be a packet more each way, for each TV each second.
 */
export const batchScript = (commands: readonly string[]): string =>
  [
    'exec </dev/null',
    ...commands.map((command, index) => `echo @@${index}\n${command} 2>&1`),
    `echo @@${commands.length}`,
  ].join('\n');

/** The outputs between the marks; a mark that never came (the TV was cut short) leaves the rest empty. */
export function splitBatch(stdout: string, count: number): string[] {
  const text = stdout.replaceAll('\r\n', '\n');
  const outputs: string[] = [];
  let from = text.indexOf('@@0\n');
  for (let index = 0; index < count; index++) {
    if (from < 0) {
      outputs.push('');
      continue;
    }
    const start = from + `@@${index}\n`.length;
    // A command's last line may have no newline: the mark then stands right behind it.
    const end = text.indexOf(`@@${index + 1}\n`, start);
    outputs.push(text.slice(start, end < 0 ? undefined : end));
    from = end;
  }
  return outputs;
}
