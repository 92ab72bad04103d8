import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { BadCommandSet, parseCommandSet } from '../src/commands/index.ts';
import { servedMachine } from './served-machine.ts';

const packageFolder = join(import.meta.dirname, '..');
const guides = join(packageFolder, '../../docs/guides');
const running: ChildProcess[] = [];
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  }
});

async function blockOf(file: string, language: string): Promise<string> {
  const [, block] = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(await readFile(file, 'utf8'))!;
  return block!;
}

/** Runs a page's program as it stands, but for the port; tells what it says. */
async function start(file: string, line: string) {
  const program = await blockOf(file, 'ts');
  const served = program.replace('4001', new URL(line.replace('tcp:', 'http:')).port);
  expect(served).not.toBe(program);
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', served], {
    cwd: packageFolder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  let text = '';
  child.stdout.on('data', (part: Buffer) => {
    text += part.toString();
  });
  return (pattern: RegExp) => expect.poll(() => text, { timeout: 20_000, interval: 20 }).toMatch(pattern);
}

test('the program of the README finds a machine, asks it, and hears it', async () => {
  const served = await servedMachine('tcp', { credits: 1234 });
  const says = await start(join(packageFolder, 'README.md'), served.line);
  await says(/credits: 1234/);
  served.machine.play.door(true);
  await says(/11 slot door opened/);
});

test('the program of the guide to commands runs them', async () => {
  const served = await servedMachine('tcp', { credits: 10 });
  const says = await start(join(guides, 'send-sas-commands.md'), served.line);
  await says(/credits \d+[\s\S]*bonus accepted|bonus accepted[\s\S]*credits \d+/);
  await expect.poll(() => served.machine.ledger.credits, { timeout: 10_000 }).toBe(260);
  served.machine.play.door(true);
  served.machine.play.door(false);
  await says(/first game, because of slotDoorClosed true/);
});

test('the program of the guide to listeners hears doors, jackpots and their reset', async () => {
  const served = await servedMachine('tcp', { credits: 100 });
  const says = await start(join(guides, 'handle-what-a-slot-machine-tells.md'), served.line);
  await says(/line open[\s\S]*the machine answers: true/);
  served.machine.play.door(true);
  await says(/11 slot door opened\nthe first door/);
  served.machine.play.game(5, 4000, 'attendant');
  await says(/a jackpot of kind win over 4000[\s\S]*reset: 4000/);
  await says(/to the credit meter: done/);
  expect(served.machine.ledger.credits).toBe(4095);
  served.machine.play.door(false);
  await says(/closed again: 12/);
});

test('the set of the guide to commands is one, and its mistakes are said as the guide says', async () => {
  const text = await blockOf(join(guides, 'send-sas-commands.md'), 'json');
  expect(Object.keys(parseCommandSet(text))).toEqual(['readCredits', 'firstGame', 'lockOut', 'bonus']);
  const wrong = text.replace('"currentCredits"', '"currentCredit"').replace('"game": 1 ', '"game": 10000 ');
  const said = await blockOf(join(guides, 'send-sas-commands.md'), 'text');
  const problems = () => parseCommandSet(wrong, 'floor.json');
  expect(problems).toThrow(BadCommandSet);
  expect(problems).toThrow(said.trim());
});
