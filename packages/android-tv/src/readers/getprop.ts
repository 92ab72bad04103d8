import { asInteger, known, type Reader, type Reading } from './reading.ts';

/** Properties of the dictionary and the fields they fill. */
const fields: Readonly<Record<string, (value: string) => Reading>> = {
  'ro.product.manufacturer': (manufacturer) => ({ manufacturer }),
  'ro.product.model': (model) => ({ model }),
  'ro.serialno': (serial) => ({ serial }),
  'ro.build.version.release': (androidRelease) => ({ androidRelease }),
  'ro.build.version.sdk': (value) => known({ sdk: asInteger(value) }),
  'ro.product.vendor.device': (vendorDevice) => ({ vendorDevice }),
  'sys.boot_completed': (value) =>
    value === '1' ? { bootCompleted: true } : value === '0' ? { bootCompleted: false } : {},
};

/**
 * `getprop A; getprop B; …`, whose answers stand in the order of the questions, one line each, and the full listing
 * `[name]: [value]`. A property that is not set prints an empty line.
 */
export const readGetprop: Reader = (lines, command) => {
  const values = new Map<string, string>();
  for (const line of lines) {
    const listed = /^\s*\[([^\]]+)\]: \[(.*)\]\s*$/.exec(line);
    if (listed) values.set(listed[1]!, listed[2]!);
  }
  if (values.size === 0) {
    const names = questions(command);
    const surplus = lines.length - names.length;
    const first = lines.findIndex((line) => line.trim() !== '');
    // Blank lines count as answers, except those above the first answer that nobody asked for.
    const answers = surplus > 0 && first > 0 ? lines.slice(Math.min(first, surplus)) : lines;
    for (const [index, name] of names.entries()) values.set(name, answers[index] ?? '');
  }
  const reading: Reading = {};
  for (const [name, value] of values) {
    const text = value.trim();
    if (text !== '' && Object.hasOwn(fields, name)) Object.assign(reading, fields[name]!(text));
  }
  return reading;
};

/** The properties asked for, as long as nothing else prints between them. */
function questions(command: string): string[] {
  const names: string[] = [];
  for (const part of command.split(/&&|\|\||;|\n/)) {
    const asked = /^\s*(?:\/system\/bin\/)?getprop\s+['"]?([\w.]+)['"]?(?:\s+\S+)?\s*(?:2>\S+\s*)?$/.exec(
      part,
    );
    if (!asked) break;
    names.push(asked[1]!);
  }
  return names;
}
