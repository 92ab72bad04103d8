import { AppError, type Retry } from '@vakhta/kernel';

interface Cause {
  readonly code: string;
  /** What to look at, in words; follows "<address>: ". */
  readonly hint: string;
  /** What drivers and databases say: Node's and tedious's codes, PostgreSQL's SQLSTATE (or its class), SQL Server's numbers. */
  readonly known: readonly (string | number)[];
}

/** One row per kind of failure of a target. Every one of them is tried again: a person may mend any. */
const causes: readonly Cause[] = [
  {
    // Before 'unreachable', since tedious wraps these in a code of its own.
    code: 'mirror.encryption',
    hint: "an encrypted connection cannot be made: check the server's certificate, and sslmode or encrypt in the URL",
    known: [
      ...[
        'EENCRYPT',
        'DEPTH_ZERO_SELF_SIGNED_CERT',
        'SELF_SIGNED_CERT_IN_CHAIN',
        'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      ],
      ...['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ],
  },
  {
    code: 'mirror.unreachable',
    hint: 'the database cannot be reached, or the connection broke',
    known: [
      ...[
        'ECONNREFUSED',
        'ENOTFOUND',
        'EAI_AGAIN',
        'EHOSTUNREACH',
        'ENETUNREACH',
        'ETIMEDOUT',
        'ECONNRESET',
        'EPIPE',
      ],
      ...[
        'ESOCKET',
        'ETIMEOUT',
        'ECLOSE',
        'EINVALIDSTATE',
        'EINSTLOOKUP',
        '08',
        '57P01',
        '57P02',
        '57P03',
        '25P03',
      ],
    ],
  },
  {
    code: 'mirror.refused',
    hint: 'the database does not let us in: check user, password and the name of the database',
    known: ['ELOGIN', '28', '3D000', 4060, 18456],
  },
  {
    code: 'mirror.not_permitted',
    hint: 'this user may not do that: it needs SELECT, INSERT and UPDATE, and CREATE and ALTER until the tables are there',
    known: ['42501', 229, 230, 262, 1088, 2760],
  },
  {
    code: 'mirror.target_full',
    hint: 'the database has no room left',
    known: ['53100', 1105, 1101, 9002],
  },
  {
    code: 'mirror.no_unique_key',
    hint: 'a table that was there before has no unique index on the columns of the key',
    known: ['42P10'],
  },
  {
    code: 'mirror.busy',
    hint: 'another session holds what we need',
    known: ['40001', '40P01', '55P03', '53300', 1205, 1222, 50001],
  },
];

const OTHER = { code: 'mirror.statement_failed', hint: 'the database did not take a statement' } as const;

const facts = (error: unknown): (string | number)[] => {
  if (!(error instanceof Error)) return [];
  const { code, number } = error as { code?: unknown; number?: unknown };
  return [code, number].filter((fact) => typeof fact === 'string' || typeof fact === 'number');
};

const causeOf = (error: unknown): unknown => (error instanceof Error ? error.cause : undefined);

const matches = (known: string | number, fact: string | number): boolean =>
  known === fact ||
  // A class of SQLSTATE: its first two characters.
  (typeof known === 'string' &&
    known.length === 2 &&
    typeof fact === 'string' &&
    fact.length === 5 &&
    fact.startsWith(known));

/** Says what a failure of a target means. `address` is without the password. */
export function targetError(error: unknown, address: string): AppError {
  if (error instanceof AppError) return error;
  // Node joins the failures of several addresses of a host into one error.
  const all = [error, ...(error instanceof AggregateError ? error.errors : []), causeOf(error)];
  const found = all.flatMap(facts);
  const cause =
    causes.find(({ known }) => known.some((one) => found.some((fact) => matches(one, fact)))) ?? OTHER;
  const said =
    all.map((one) => (one instanceof Error ? one.message : String(one ?? ''))).find((text) => text !== '') ??
    '';
  const retry: Retry = 'after';
  return new AppError(cause.code, `${address}: ${cause.hint} (${said})`, {
    cause: error,
    context: { address, said: found },
    retry,
  });
}
