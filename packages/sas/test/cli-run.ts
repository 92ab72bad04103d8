import { systemClock, systemRandom } from '@vakhta/kernel';
import { runCli } from '../src/cli/program.ts';

/** Runs `sas …` in this process. `onPrint` sees each line as it is printed; `stopped` is the signal to end. */
export async function cliRun(
  args: readonly string[],
  {
    onPrint = () => {},
    stopped = new Promise<void>(() => {}),
  }: { readonly onPrint?: (line: string) => void; readonly stopped?: Promise<void> } = {},
): Promise<{ readonly code: number; readonly printed: string[]; readonly complained: string[] }> {
  const printed: string[] = [];
  const complained: string[] = [];
  const code = await runCli(args, {
    clock: systemClock,
    random: systemRandom,
    version: '0',
    pid: 1,
    stdin: async () => '',
    print(line) {
      printed.push(line);
      onPrint(line);
    },
    complain: (line) => void complained.push(line),
    stopped,
  });
  return { code, printed, complained };
}
