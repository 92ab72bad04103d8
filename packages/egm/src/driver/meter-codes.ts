/**
 * Which meters are read, as SAS codes of two hex digits, in the polls they are read by. A poll takes twelve, and what one
 * poll brings is of one moment: the first has all that the balance identity needs.
 */
export const mainMeters = ['00', '01', '02', '03', '04', '05', '06', '07', '0B', '0C', '17', '24'] as const;

const transferMeters = ['18', '2E', '2F', '30', 'A0', 'A1', 'A2', 'A3', 'A4', 'A5', 'B8', 'B9'] as const;
const billMeters = ['40', '41', '42', '43', '44', '45', '46', '47', '48', '49', '4A', '4B'] as const;
const furtherMeters = ['4C', '4D', '4E', '4F', '15', '16', '22', '23', '3E', '3F', 'BA', 'BC'] as const;

export const otherMeters: readonly (readonly string[])[] = [transferMeters, billMeters, furtherMeters];

/** The AFT meter, cents, that a transfer of a kind moves. */
export const flowMeters = {
  toMachine: { cashable: 'A0', restricted: 'A2', nonrestricted: 'A4' },
  toHost: { cashable: 'B8', restricted: 'BA', nonrestricted: 'BC' },
} as const;
