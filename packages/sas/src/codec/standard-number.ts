/**
 * Facts 8.2.2: the eight digits of a standard validation ticket, from the amount and the time HHMMSS. Which digits
 * are kept when there are more is not verified: the low eight.
 */
export function standardNumber(amountCents: number, time: string): string {
  let amount = amountCents % 1_000_000;
  let carry = 0;
  const sums: number[] = [];
  for (const pair of [time.slice(4, 6), time.slice(2, 4), time.slice(0, 2)]) {
    const sum = (amount % 100) + Number(pair) + carry;
    amount = Math.floor(amount / 100);
    carry = sum >= 100 ? 1 : 0;
    sums.push(sum % 100);
  }
  const [r0, r1, r2] = sums.map((sum) => String(sum).padStart(2, '0')) as [string, string, string];
  const value = Number.parseInt(r0 + r2 + r1 + r0, 16);
  return String(value).padStart(8, '0').slice(-8);
}
