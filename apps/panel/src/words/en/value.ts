/** Words values are written with. */
export const value = {
  yes: 'Yes',
  no: 'No',
  unknown: 'unknown',
  none: 'none',
  noData: 'no data yet',
  asked: 'asked',
  askedFor: 'Asked for {{asked}}, but it is {{is}}',
  stale: 'Not confirmed since {{when}}',
};
export const condition = {
  online: 'In order',
  attention: 'Needs attention',
  offline: 'No contact',
};
