import type { Command } from 'commander';
import { exitWith } from './operator/exit-with.ts';

/** Adds the commands of the desk's own authority. */
export function registerTls(program: Command): void {
  const tls = program
    .command('tls')
    .description('a certificate from an authority of the desk’s own, for a LAN');
  tls
    .command('init')
    .description('make the authority where there is none, and a certificate for these names and addresses')
    .argument('<name...>', 'what people and agents open the desk by: desk.lan, 192.168.1.10')
    .option('--json', 'print the result as JSON')
    .action((names: string[], { json }: { json?: boolean }) =>
      exitWith(async () => {
        const { tlsInit } = await import('./operator/tls.ts');
        const made = await tlsInit(names);
        if (json) console.log(JSON.stringify(made));
        else {
          console.log(`${made.certFile}: for ${made.names.join(', ')} until ${made.until}`);
          console.log(`${made.authorityFile}: the authority, SHA-256 ${made.fingerprint}`);
          console.log('Serve with it: VAKHTA_HOST=0.0.0.0 VAKHTA_TLS_LOCAL=1 npx vakhta serve');
          console.log('Browsers and phones come to trust it as docs/guides/trust-the-desk.md says.');
        }
        return 0;
      }),
    );
  tls
    .command('show')
    .description('what the certificate is for and until when, and the authority’s fingerprint')
    .option('--json', 'print the result as JSON')
    .action(({ json }: { json?: boolean }) =>
      exitWith(async () => {
        const { tlsShow } = await import('./operator/tls.ts');
        const made = await tlsShow();
        if (json) console.log(JSON.stringify(made));
        else {
          console.log(`certificate: for ${made.names.join(', ')} until ${made.until}`);
          console.log(`authority:   ${made.authorityFile}, SHA-256 ${made.fingerprint}`);
        }
        return 0;
      }),
    );
}
