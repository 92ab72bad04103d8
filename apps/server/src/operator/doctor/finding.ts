/** One thing looked at. */
export interface Finding {
  what: string;
  /** `note`: nothing is wrong, but it is good to know. */
  verdict: 'good' | 'note' | 'wrong';
  found: string;
  /** What to do, where something is wrong. */
  advice?: string;
}

export const good = (what: string, found: string): Finding => ({ what, verdict: 'good', found });
export const note = (what: string, found: string, advice?: string): Finding => ({
  what,
  verdict: 'note',
  found,
  ...(advice && { advice }),
});
export const wrong = (what: string, found: string, advice: string): Finding => ({
  what,
  verdict: 'wrong',
  found,
  advice,
});
