import { stagePackage } from '../../../tools/pack/stage-package.ts';

/** Writes to `folder` what is published. */
export const stageSas = (folder: string): Promise<void> =>
  stagePackage({ name: 'sas', bundled: ['kernel'], folders: ['src', 'bin'] }, folder);
