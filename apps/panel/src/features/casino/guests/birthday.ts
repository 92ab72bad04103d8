/** Whole years on a day, both 'YYYY-MM-DD'. */
export function yearsOn(born: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return day.slice(5) < born.slice(5) ? years - 1 : years;
}

/** Whether it is a birthday; who was born on 29 February has it on the 28th in other years. */
export function isBirthday(born: string, day: string): boolean {
  if (born.slice(5) === day.slice(5)) return true;
  return born.endsWith('02-29') && day.endsWith('02-28') && !isLeap(Number(day.slice(0, 4)));
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
