/**
 * What a device and a host say of themselves in CNXN: `device::ro.product.name=..;ro.product.model=..;features=a,b`.
 */
export interface AdbBanner {
  readonly product?: string;
  readonly model?: string;
  readonly device?: string;
  readonly features: ReadonlySet<string>;
}

const propertyNames = {
  product: 'ro.product.name',
  model: 'ro.product.model',
  device: 'ro.product.device',
} as const;

/** Never fails: a banner we cannot read is a device without a name and without features. */
export function parseBanner(payload: Uint8Array): AdbBanner {
  // Older daemons send the string's terminating NUL; kept, it would hide the last feature of the list.
  const text = new TextDecoder().decode(payload).replaceAll('\0', '');
  const properties = new Map<string, string>();
  for (const entry of text.split(':').slice(2).join(':').split(';')) {
    const equals = entry.indexOf('=');
    if (equals > 0) properties.set(entry.slice(0, equals), entry.slice(equals + 1));
  }
  return {
    product: properties.get(propertyNames.product),
    model: properties.get(propertyNames.model),
    device: properties.get(propertyNames.device),
    features: new Set((properties.get('features') ?? '').split(',').filter((name) => name !== '')),
  };
}

/** A device's banner; old daemons know no features and leave the list out. */
export function encodeDeviceBanner(banner: AdbBanner): Uint8Array {
  const properties: string[] = [];
  for (const key of ['product', 'model', 'device'] as const) {
    if (banner[key] !== undefined) properties.push(`${propertyNames[key]}=${banner[key]};`);
  }
  if (banner.features.size > 0) properties.push(`features=${[...banner.features].join(',')}`);
  return new TextEncoder().encode(`device::${properties.join('')}`);
}

/** A host's banner: only features that are implemented may be named, because the device acts on them. */
export function encodeHostBanner(features: readonly string[]): Uint8Array {
  return new TextEncoder().encode(`host::features=${features.join(',')}`);
}
