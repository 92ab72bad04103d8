/** What a mailed link carries, from behind the '#' of this page's address. */
export const linkToken = (): string => window.location.hash.slice(1);
