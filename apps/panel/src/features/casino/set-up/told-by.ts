import type { Thing } from '@vakhta/api';

/** What the machine told of itself: its serial, what one credit is worth, and how much of the bets it pays back. */
export function toldBy({ properties }: Thing): { serial?: string; creditValue?: number; payback?: number } {
  const text = (name: string) => {
    const value = properties[name]?.value;
    return typeof value === 'string' ? value : undefined;
  };
  const number = (name: string) => {
    const value = Number.parseFloat(text(name) ?? '');
    return Number.isFinite(value) ? value : undefined;
  };
  const [serial, creditValue, payback] = [text('serial'), number('creditValue'), number('payback')];
  return {
    ...(serial !== undefined && { serial }),
    ...(creditValue !== undefined && { creditValue }),
    ...(payback !== undefined && { payback }),
  };
}
