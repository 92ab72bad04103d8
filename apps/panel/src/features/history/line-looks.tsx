/** How the lines of one chart are told apart: by their dashes as well as by their colour, which is a name of the theme. */
export const lineLooks: readonly { color: string; dash: number[] }[] = [
  { color: '--accent', dash: [] },
  { color: '--attention', dash: [7, 4] },
  { color: '--good', dash: [2, 3] },
  { color: '--bad', dash: [10, 3, 2, 3] },
  { color: '--dim', dash: [4, 2, 1, 2] },
];

/** One besides the thing itself for each look that is left. */
export const MOST_COMPARED = lineLooks.length - 1;

/** A piece of a line, for a legend. */
export function LineSample({ look }: { look: number }) {
  const { color, dash } = lineLooks[look % lineLooks.length]!;
  return (
    <svg width="30" height="10" aria-hidden="true">
      <path
        d="M1 5H29"
        fill="none"
        stroke={`var(${color})`}
        strokeWidth="2.5"
        strokeDasharray={dash.join(' ')}
      />
    </svg>
  );
}
