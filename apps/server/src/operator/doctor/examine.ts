import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, systemClock } from '@vakhta/kernel';
import { type Config, readConfig } from '../../config.ts';
import { PANEL } from '../../main.ts';
import { examineBackup } from './backup-age.ts';
import { examineTls } from './certificate.ts';
import { examineData, examineDisk } from './data-directory.ts';
import { examineDatabase } from './database.ts';
import { type Finding, good, wrong } from './finding.ts';
import { examinePort } from './port.ts';

/** Looks at everything that the desk needs and says of each thing that is wrong what to do. */
export async function examine(clock: Clock = systemClock): Promise<Finding[]> {
  let config: Config;
  try {
    config = readConfig(process.env);
  } catch (error) {
    return [wrong('settings', (error as Error).message, 'set the variable right, or unset it')];
  }
  return [
    good('settings', `port ${config.port} of ${config.host}`),
    await examineData(config),
    await examineDisk(config),
    await examineBackup(config, clock),
    ...(await examineDatabase(config)),
    await examinePort(config),
    await examineTls(config, clock),
    await examinePanel(),
  ];
}

async function examinePanel(): Promise<Finding> {
  return existsSync(join(PANEL, 'index.html'))
    ? good('panel', 'built')
    : wrong('panel', `not built in ${PANEL}`, 'npm run build');
}
