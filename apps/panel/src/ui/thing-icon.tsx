import * as tabler from './thing-icons.ts';

const byName = new Map(
  Object.entries(tabler).map(([name, icon]) => [
    name
      .slice('Icon'.length)
      .replace(/([a-z])([A-Z0-9])|([0-9])([A-Z])/g, '$1$3-$2$4')
      .toLowerCase(),
    icon,
  ]),
);

interface ThingIconProps {
  /** A Tabler icon's name, as a Thing Model gives it. */
  name: string | undefined;
  size?: number;
}

/** A Thing Model's icon; one we do not carry is drawn as a plain device. */
export function ThingIcon({ name, size = 20 }: ThingIconProps) {
  const Icon = byName.get(name ?? '') ?? tabler.IconDeviceUnknown;
  return <Icon size={size} stroke={1.7} aria-hidden />;
}
