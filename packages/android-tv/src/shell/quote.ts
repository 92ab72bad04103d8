/** A word for Android's shell (mksh) that is taken literally, whatever it holds. Nothing reaches a shell without it. */
export const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
