/** When a command runs, seen from the one before it. */
type Joint = 'always' | 'onSuccess' | 'onFailure';

interface ParsedCommand {
  words: string[];
  stdout: 'kept' | 'dropped';
  stderr: 'apart' | 'merged' | 'dropped';
}

export interface ParsedPipeline {
  joint: Joint;
  /** The commands of the pipe, the first one first. */
  commands: ParsedCommand[];
}

/** A redirection to a descriptor, or to a file: there is only /dev/null to send output to, or to read from. */
const redirection = /^(\d?)(?:>>?|<)(&\d|\S*)$/;

/**
 * The part of mksh that remote scripts use: words with quotes and backslashes, `;`, newlines, `&&`, `||`, pipes.
 * No variables but `$?`, no substitution, no control flow.
 */
export function parseScript(script: string): ParsedPipeline[] {
  const pipelines: ParsedPipeline[] = [];
  let joint: Joint = 'always';
  let commands: Token[][] = [[]];
  const end = (next: Joint) => {
    const filled = commands.map(redirected).filter(({ words }) => words.length > 0);
    if (filled.length > 0) pipelines.push({ joint, commands: filled });
    joint = next;
    commands = [[]];
  };
  for (const token of tokens(script)) {
    if (token.kind === 'word') commands.at(-1)!.push(token);
    else if (token.text === '|') commands.push([]);
    else end(token.text === '&&' ? 'onSuccess' : token.text === '||' ? 'onFailure' : 'always');
  }
  end('always');
  return pipelines;
}

function redirected(words: readonly Token[]): ParsedCommand {
  const command: ParsedCommand = { words: [], stdout: 'kept', stderr: 'apart' };
  for (let index = 0; index < words.length; index++) {
    const { text, isQuoted } = words[index]!;
    const found = isQuoted ? null : redirection.exec(text);
    if (!found) {
      command.words.push(text);
      continue;
    }
    // `> FILE` may be two words.
    const target = found[2] === '' ? words[++index]?.text : found[2];
    if (text.includes('<')) continue;
    if (found[1] === '2') command.stderr = target === '&1' ? 'merged' : 'dropped';
    else if (target !== '&2') command.stdout = 'dropped';
  }
  return command;
}

interface Token {
  kind: 'word' | 'operator';
  text: string;
  /** Part of it stood in quotes or behind a backslash, so that it is nothing but a word. */
  isQuoted: boolean;
}

function* tokens(script: string): Generator<Token> {
  let word: string | undefined;
  let isQuoted = false;
  for (let at = 0; at < script.length; at++) {
    const letter = script[at]!;
    const pair = script.slice(at, at + 2);
    if (letter === "'" || letter === '"') {
      const end = closing(script, at, letter);
      const inside = script.slice(at + 1, end);
      word = (word ?? '') + (letter === '"' ? inside.replaceAll(/\\(["\\$`])/g, '$1') : inside);
      at = end;
      isQuoted = true;
    } else if (letter === '\\') {
      at += 1;
      word = (word ?? '') + (script[at] ?? '');
      isQuoted = true;
    } else if (/[\s;|]/.test(letter) || (letter === '&' && !word?.endsWith('>'))) {
      if (word !== undefined) yield { kind: 'word', text: word, isQuoted };
      word = undefined;
      isQuoted = false;
      const operator = pair === '&&' || pair === '||' ? pair : letter;
      at += operator.length - 1;
      if (/[\n;|&]/.test(operator)) yield { kind: 'operator', text: operator, isQuoted: false };
    } else {
      word = (word ?? '') + letter;
    }
  }
  if (word !== undefined) yield { kind: 'word', text: word, isQuoted };
}

/** Where the quote ends; at the end of the script where nobody closed it. */
function closing(script: string, start: number, quote: string): number {
  for (let at = start + 1; at < script.length; at++) {
    if (quote === '"' && script[at] === '\\') at += 1;
    else if (script[at] === quote) return at;
  }
  return script.length;
}
