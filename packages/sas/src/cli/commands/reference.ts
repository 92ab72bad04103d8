import { Command } from 'commander';
import type { CliParts } from '../cli-parts.ts';

/** `sas reference`: prints the page of all messages, events and meters. */
export function referenceCommand(parts: CliParts): Command {
  return new Command('reference')
    .description('prints the reference of all messages, events and meters, as Markdown')
    .action(async () => {
      const { renderReference } = await import('../../reference/render-reference.ts');
      parts.print(renderReference().trimEnd());
    });
}
