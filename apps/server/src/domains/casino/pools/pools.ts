import { hundredThousandths, roundedQuotient, thousandths } from '../arithmetic/rounding.ts';
import { type Hall, keyOf, nextId } from '../hall/hall.ts';
import { accounts, post } from '../ledger/post.ts';

/** Pool values are kept in 10^-7 of a minor unit: an amount times a percentage of five decimals is exact in it. */
const WHOLE = 10_000_000n;

/** A pool value with three decimals of a minor unit. */
export const shownValue = (valueE7: bigint): string => thousandths(roundedQuotient(valueE7 * 1000n, WHOLE));

export const wholeMinor = (amount: number): bigint => BigInt(amount) * WHOLE;

/** What is bet on a member machine feeds its pools; a pool that reaches its hidden threshold is won there and then. */
export async function contribute(
  hall: Hall,
  machine: string,
  { at, coinInMinor }: { at: Date; coinInMinor: number },
): Promise<void> {
  const pools = await hall.tx
    .selectFrom('casino_pools')
    .selectAll()
    .where('hall_id', '=', hall.hall)
    .where((eb) => eb(eb.val(machine), '=', eb.fn.any('machines')))
    .orderBy('pool')
    .execute();
  for (const pool of pools) {
    const contribution = BigInt(coinInMinor) * hundredThousandths(pool.rate_pct);
    const value = BigInt(pool.value_e7) + contribution;
    // pg reads an array of bigints as texts.
    const threshold = pool.hit_at_minor[pool.hits];
    const isHit = threshold !== undefined && value >= wholeMinor(Number(threshold));
    const award = isHit ? value / WHOLE : 0n;
    await hall.tx
      .insertInto('casino_contributions')
      .values({
        ...keyOf(hall),
        id: await nextId(hall, 'casino_contributions'),
        pool: pool.pool,
        machine,
        at,
        coin_in_minor: coinInMinor,
        contribution_e7: contribution.toString(),
        value_e7: value.toString(),
        award_minor: isHit ? Number(award) : null,
      })
      .execute();
    const next = isHit ? wholeMinor(pool.start_minor) + value - award * WHOLE : value;
    await hall.tx
      .updateTable('casino_pools')
      .set({ value_e7: next.toString(), hits: pool.hits + (isHit ? 1 : 0) })
      .where('hall_id', '=', hall.hall)
      .where('pool', '=', pool.pool)
      .execute();
    if (isHit)
      await post(hall, 'pool.hit', [
        [accounts.pool(pool.pool), Number(award)],
        [accounts.handpayDue, -Number(award)],
      ]);
  }
}
