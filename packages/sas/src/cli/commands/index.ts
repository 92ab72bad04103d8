import type { MakeCommand } from '../cli-parts.ts';
import { decodeCommand } from './decode.ts';
import { doctorCommand } from './doctor.ts';
import { referenceCommand } from './reference.ts';
import { replayCommand } from './replay.ts';
import { simulateCommand } from './simulate.ts';
import { sniffCommand } from './sniff.ts';
import { vectorsCommand } from './vectors.ts';

/** Every subcommand: one file each, one row here. */
export const commands: readonly MakeCommand[] = [
  decodeCommand,
  doctorCommand,
  referenceCommand,
  replayCommand,
  simulateCommand,
  sniffCommand,
  vectorsCommand,
];
