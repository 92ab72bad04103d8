/** Left and right of every part of a time line, in pixels: what is above one another happened at the same time. */
export const GUTTER = { left: 62, right: 12 } as const;
