import type { LinkTokens } from '../../platform/secrets/link-tokens.ts';

/** There is one first owner, so the link is the same until they are there. */
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Where whoever runs an empty desk makes its first owner. Without it the first to find the address would own it. */
export const firstOwnerLink = (links: LinkTokens, desk: string): string =>
  `${desk}/set-up#${links.make('first owner', FIRST)}`;

export const isFirstOwnerToken = (links: LinkTokens, token: string): boolean =>
  links.read('first owner', token) === FIRST;
