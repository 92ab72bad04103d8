import { readFile, stat } from 'node:fs/promises';
import { AppError } from '@vakhta/kernel';

/** The system account that PostgreSQL runs as. */
export interface Account {
  uid: number;
  gid: number;
}

/** Best first: the account meant for it, else one that owns nothing. */
const CANDIDATES = ['postgres', 'nobody', 'daemon'] as const;

/**
 * Ours, unless we are root, as whom PostgreSQL refuses to run: then the one that already owns `home`, or the first
 * candidate of the password file. initdb looks the account up there, so a made-up uid would not do.
 */
export async function postgresAccount(home: string): Promise<Account> {
  const uid = process.getuid?.() ?? 0;
  if (uid !== 0) return { uid, gid: process.getgid?.() ?? 0 };
  const owner = await stat(home).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = parsePasswd(await readFile('/etc/passwd', 'utf8'));
  for (const name of CANDIDATES) {
    const account = accounts.get(name);
    if (account && account.uid !== 0) return account;
  }
  throw new AppError(
    'postgres.no_account',
    `root needs one of the accounts ${CANDIDATES.join(', ')} to run PostgreSQL as`,
  );
}

/** passwd(5): name:password:uid:gid:gecos:home:shell. */
const parsePasswd = (text: string): Map<string, Account> =>
  new Map(
    text.split('\n').flatMap((line): [string, Account][] => {
      const [name, , uid, gid] = line.split(':');
      return name && uid && gid ? [[name, { uid: Number(uid), gid: Number(gid) }]] : [];
    }),
  );
