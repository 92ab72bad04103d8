/** Asks again and again until the condition holds; throws with `saying` when it does not in time. */
export async function eventually<T>(
  condition: () => T | Promise<T>,
  options: { within?: number; saying?: () => string } = {},
): Promise<NonNullable<T>> {
  const end = Date.now() + (options.within ?? 20_000);
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(options.saying?.() ?? `did not happen: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
