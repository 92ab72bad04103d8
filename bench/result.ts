/** One measured figure, with what it stands beside. Values are medians of at least five runs where a run is short. */
export interface BenchmarkResult {
  /** What was measured, in words. */
  what: string;
  unit: string;
  value: number;
  p50?: number;
  p95?: number;
  p99?: number;
  max?: number;
  /** What it is measured against, in the same run. */
  limit?: { what: string; value: number };
  /** `value` over `limit.value`. */
  ratio?: number;
}

/** What each file in this folder exports as `run`. */
export type Benchmark = (options: {
  quick: boolean;
  /** How much is loaded, where a benchmark loads something. */
  rows?: number;
}) => Promise<BenchmarkResult[]>;

/** The value below which a share `q` of the samples lies (nearest rank). */
export function quantile(samples: readonly number[], q: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** The usual four quantiles of one set of samples. */
export const spread = (samples: readonly number[]) => ({
  value: median(samples),
  p50: median(samples),
  p95: quantile(samples, 0.95),
  p99: quantile(samples, 0.99),
  max: Math.max(...samples),
});
