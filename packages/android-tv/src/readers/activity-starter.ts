import type { Reader } from './reading.ts';

const passthrough = /\bdat=content:\/\/android\.media\.tv\/passthrough\/([^\s}]+)/;

/**
 * `dumpsys activity starter`: the input that the latest start asked for. It stays after somebody has left that input,
 * so it says what was asked and never what is shown. Android hides the address behind "..." in some builds.
 */
export const readActivityStarter: Reader = (lines) => {
  const intent = latestIntent(lines);
  const encoded = intent === undefined ? undefined : passthrough.exec(intent)?.[1];
  if (encoded === undefined || encoded.includes('...')) return {};
  return { requestedInputId: decode(encoded) };
};

/** `mIntent=` is the intent as started; `mStartActivity:` and the last record hold older copies of it. */
function latestIntent(lines: readonly string[]): string | undefined {
  const started = lines.find((line) => /^\s*mIntent=/.test(line));
  if (started !== undefined) return started;
  for (const heading of [/^\s*mStartActivity:/, /^\s*mLastStartActivityRecord:/]) {
    const start = lines.findIndex((line) => heading.test(line));
    const intent = start < 0 ? undefined : lines.slice(start).find(isIntent);
    if (intent !== undefined) return intent;
  }
  return lines.findLast(isIntent);
}

/** "Starting: Intent { … }" is `am`'s own answer, not the activity starter's. */
const isIntent = (line: string): boolean => /\bIntent \{/.test(line) && !/^\s*Starting:/.test(line);

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded.replaceAll(/%2f/gi, '/');
  }
}
