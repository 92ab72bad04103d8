import type { Command } from 'commander';
import { settings } from './config.ts';
import { registerOperations } from './operations-cli.ts';
import type { Finding } from './operator/doctor/finding.ts';
import { exitWith } from './operator/exit-with.ts';
import type { ForgetOptions } from './operator/forget.ts';
import type { MemberAddOptions } from './operator/member-add.ts';
import type { MemberPasswordOptions } from './operator/member-password.ts';
import { registerTls } from './tls-cli.ts';

// Each command loads what it needs when it is run: the agent on a mini-PC shares this command line and should not hold
// the server in its memory.

interface Output {
  json?: boolean;
}

const MARKS: Readonly<Record<Finding['verdict'], string>> = { good: 'ok   ', note: 'note ', wrong: 'WRONG' };

/** Adds what an operator of the server can do to the command line. */
export function register(program: Command): void {
  program
    .command('serve')
    .description('serve the desk until stopped')
    .addHelpText('after', `\nEnvironment:\n${describeSettings()}`)
    .action(() => exitWith(async () => (await import('./operator/serve.ts')).serve()));

  const member = program.command('member').description('members of organisations');
  member
    .command('add')
    .description('add a person to an organisation; makes the organisation if there is none of that name')
    .requiredOption('--email <address>', 'what they sign in by')
    .requiredOption('--name <name>', 'what they are called')
    .requiredOption(
      '--role <role...>',
      'owner, manager, operator, viewer, supervisor, cashier, attendant or auditor',
    )
    .option('--organisation <name>', 'which organisation; may be left out where there is only one')
    .option('--password-stdin', 'read the password of a new person from standard input, else one is made up')
    .option('--json', 'print the result as JSON')
    .action((options: MemberAddOptions & Output) =>
      exitWith(async () => {
        const { addMemberByHand } = await import('./operator/member-add.ts');
        const added = await addMemberByHand(options);
        if (options.json) console.log(JSON.stringify(added));
        else {
          console.log(`${options.email} is ${added.roles.join(', ')} of organisation ${added.organisation}`);
          if (added.password) console.log(`password: ${added.password}`);
        }
        return 0;
      }),
    );

  member
    .command('password')
    .description('set a new password for a person who forgot theirs, and end their sessions')
    .requiredOption('--email <address>', 'what they sign in by')
    .option('--password-stdin', 'read the password from standard input, else one is made up')
    .option('--json', 'print the result as JSON')
    .action((options: MemberPasswordOptions & Output) =>
      exitWith(async () => {
        const { setPasswordByHand } = await import('./operator/member-password.ts');
        const result = await setPasswordByHand(options);
        if (options.json) console.log(JSON.stringify(result));
        else {
          console.log(`${options.email} has a new password and was signed out everywhere`);
          if (result.password) console.log(`password: ${result.password}`);
        }
        return 0;
      }),
    );

  program
    .command('forget')
    .description(
      'erase a person: name, e-mail, sign-in data and memberships; log and audit keep an id that names nobody',
    )
    .requiredOption('--email <address>', 'what they sign in by')
    .option('--yes', 'do it; without this it is only said what would go')
    .option('--json', 'print the result as JSON')
    .action((options: ForgetOptions & Output) =>
      exitWith(async () => {
        const { forgetByHand } = await import('./operator/forget.ts');
        const result = await forgetByHand(options);
        if (options.json) console.log(JSON.stringify(result));
        else if (result.done)
          console.log(
            `forgotten: ${result.done.memberships} memberships, ${result.done.invitations} invitations, and the person`,
          );
        else
          console.log(
            `this erases ${options.email} for good and ends their memberships (${result.organisations.join(', ') || 'none'}); ` +
              'what they did stays without their name. Say --yes to do it',
          );
        return 0;
      }),
    );

  program
    .command('rebuild')
    .description('derive a projection anew from the log; the hash tells whether its rows changed')
    .argument('<projection>')
    .option('--json', 'print the result as JSON')
    .action((name: string, { json }: Output) =>
      exitWith(async () => {
        const { rebuild } = await import('./operator/rebuild.ts');
        const results = await rebuild(name);
        if (json) console.log(JSON.stringify(results));
        for (const result of json ? [] : results)
          console.log(
            `${result.organisation}: ${result.observations} observations, ` +
              (result.hashBefore === result.hashAfter
                ? `same rows (${result.hashAfter})`
                : `rows changed: ${result.hashBefore} -> ${result.hashAfter}`),
          );
        return 0;
      }),
    );

  program
    .command('audit')
    .description('the record of who did what')
    .command('verify')
    .description('recompute the hash chain of every organisation; exits 1 where a row was changed or removed')
    .option('--json', 'print the result as JSON')
    .action(({ json }: Output) =>
      exitWith(async () => {
        const { auditVerdict } = await import('./operator/audit-verify.ts');
        const verdict = await auditVerdict();
        if (json) console.log(JSON.stringify(verdict));
        else {
          console.log(
            `${verdict.organisations} organisations, ${verdict.verified} entries verified, ${verdict.unsealed} not yet sealed`,
          );
          for (const { organisation, position, problem } of verdict.faults)
            console.log(`WRONG ${organisation} at position ${position}: ${problem}`);
        }
        return verdict.faults.length === 0 ? 0 : 1;
      }),
    );

  program
    .command('doctor')
    .description('look at everything the desk needs and say what to do about what is wrong')
    .option('--json', 'print the findings as JSON')
    .action(({ json }: Output) =>
      exitWith(async () => {
        const { examine } = await import('./operator/doctor/examine.ts');
        const findings = await examine();
        if (json) console.log(JSON.stringify({ findings }));
        for (const { what, verdict, found, advice } of json ? [] : findings)
          console.log(`${MARKS[verdict]} ${what}: ${found}${advice ? `\n      ${advice}` : ''}`);
        return findings.some(({ verdict }) => verdict === 'wrong') ? 1 : 0;
      }),
    );

  registerOperations(program);
  registerTls(program);
}

const describeSettings = (): string =>
  Object.entries(settings)
    .map(([name, schema]) => `  ${name.padEnd(26)}${schema.description ?? ''}`)
    .join('\n');
