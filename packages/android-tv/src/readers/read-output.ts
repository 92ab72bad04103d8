import { readActivityStarter } from './activity-starter.ts';
import { readAudio } from './audio.ts';
import { readCommandAnswer } from './command-answer.ts';
import { readEthernetLink } from './ethernet-link.ts';
import { readForeground } from './foreground.ts';
import { readGetprop } from './getprop.ts';
import { readHdmiCec } from './hdmi-cec.ts';
import { readMediaSession } from './media-session.ts';
import { readMemory, readUptime } from './memory.ts';
import { readNetwork } from './network.ts';
import { readPower } from './power.ts';
import { readProcesses } from './processes.ts';
import { outputLines, type Reader, type Reading } from './reading.ts';
import { readStorage } from './storage.ts';
import { readThermal } from './thermal.ts';
import { readTvInput } from './tv-input.ts';

/**
 * One reader per source. Where two can tell the same field of one output, the later one wins: a media session knows
 * better than a list of audio players what plays.
 */
const readers: readonly Reader[] = [
  readPower,
  readAudio,
  readMediaSession,
  readForeground,
  readTvInput,
  readActivityStarter,
  readHdmiCec,
  readGetprop,
  readNetwork,
  readMemory,
  readUptime,
  readStorage,
  readThermal,
  readProcesses,
  readCommandAnswer,
  readEthernetLink,
];

/**
 * Everything that the output of one command tells, in the closed dictionary of `Reading`. Knows nothing of the device:
 * formats that describe themselves are found by their own lines, and the command is consulted only where an output is
 * bare values (`getprop`, `ps`, files of `/sys` and `/proc`). Never throws.
 */
export function readOutput(command: string, output: string): Reading {
  const lines = outputLines(output);
  return Object.assign({}, ...readers.map((read) => read(lines, command)));
}
