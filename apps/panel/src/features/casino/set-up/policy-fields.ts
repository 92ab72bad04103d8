/** In what a limit is typed; amounts in the hall's currency. */
export type PolicyUnit = 'amount' | 'seconds' | 'minutes' | 'games' | 'points';

interface PolicyField {
  name: string;
  unit: PolicyUnit;
  /** Left empty: there is no such limit. */
  optional?: true;
}

/** The hall's limits, tolerances and times, in groups as people think of them. */
export const policyGroups = [
  {
    name: 'money',
    fields: [
      { name: 'twoPersonLimitMinor', unit: 'amount', optional: true },
      { name: 'shiftToleranceMinor', unit: 'amount' },
      { name: 'shiftReportAtMinor', unit: 'amount', optional: true },
      { name: 'dropInvestigateAtMinor', unit: 'amount' },
      { name: 'amlThresholdMinor', unit: 'amount', optional: true },
      { name: 'aftUnresolvedSeconds', unit: 'seconds' },
    ],
  },
  {
    name: 'guests',
    fields: [{ name: 'idleTimeoutMinutes', unit: 'minutes', optional: true }],
  },
  {
    name: 'figures',
    fields: [
      { name: 'holdMinGames', unit: 'games' },
      { name: 'holdLimitPp', unit: 'points' },
      { name: 'lateSeconds', unit: 'seconds' },
      { name: 'boundarySlackSeconds', unit: 'seconds' },
    ],
  },
  {
    name: 'contact',
    fields: [
      { name: 'offlineWarningSeconds', unit: 'seconds' },
      { name: 'offlineCriticalSeconds', unit: 'seconds' },
    ],
  },
] as const satisfies readonly { name: string; fields: readonly PolicyField[] }[];

type Group = (typeof policyGroups)[number];
export type PolicyName = Group['fields'][number]['name'];
