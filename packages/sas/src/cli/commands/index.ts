import type { MakeCommand } from '../cli-parts.ts';

/** Every subcommand: one file each, one row here. */
export const commands: readonly MakeCommand[] = [];
