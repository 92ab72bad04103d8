import { known, type Reader } from './reading.ts';

/**
 * What `am start`, `pm install` and `pm uninstall` say. Exit codes tell nothing before Android 7, so the text decides.
 * A warning that the task was brought to the front, or the intent delivered to the running instance, is a success.
 */
export const readCommandAnswer: Reader = (lines) => {
  const failure = lines.find((line) => /^\s*Failure\b|\bFailure \[/.test(line));
  const refused = failure !== undefined || lines.some(isError);
  const accepted = lines.some(
    (line) => /^\s*(Success\b|Starting: Intent\b)/.test(line) || isHarmlessWarning(line),
  );
  return known({
    commandOk: refused ? false : accepted ? true : undefined,
    failureCode: failure === undefined ? undefined : /\bFailure \[([^:\]]+)/.exec(failure)?.[1]?.trim(),
  });
};

/** "Error: …", "Error type 3", "java.lang.SecurityException: …", "Exception occurred while executing 'start':". */
const isError = (line: string): boolean =>
  /^\s*(Error\b\s*(:|type|while)|(?:[a-z]\w*\.)+\w*(Exception|Error)\b|(?:Security )?[Ee]xception\b)/.test(
    line,
  );

const isHarmlessWarning = (line: string): boolean =>
  /^\s*Warning: Activity not started/.test(line) &&
  /current task has been brought to the front|delivered to currently running top-most instance/.test(line);
