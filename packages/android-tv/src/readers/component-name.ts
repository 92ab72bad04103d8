/** An Android component, its class in full. */
export interface ComponentName {
  package: string;
  activity: string;
}

/** `pkg/.Main` and `pkg/pkg.Main` are the same component; the class comes back in full. */
export function parseComponent(text: string): ComponentName | undefined {
  const found = /^([A-Za-z_][\w.]*)\/([\w.$]+)$/.exec(text);
  const [packageName, className] = [found?.[1], found?.[2]];
  if (packageName === undefined || className === undefined) return undefined;
  return { package: packageName, activity: className.startsWith('.') ? packageName + className : className };
}
