import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeDeviceBanner, parseBanner } from './banner.ts';

test('a banner is read back as it was written', () => {
  const banner = {
    product: 'metro',
    model: 'Metro TV: 55"',
    device: 'm55',
    features: new Set(['cmd', 'shell_v2']),
  };
  expect(parseBanner(encodeDeviceBanner(banner))).toEqual(banner);
});

test('the closing NUL of older daemons does not hide the last feature', () => {
  const bytes = Buffer.from('device::ro.product.model=X;features=cmd,fixed_push_mkdir\0');
  expect(parseBanner(bytes).features).toEqual(new Set(['cmd', 'fixed_push_mkdir']));
});

test('any bytes are a banner, at worst one that says nothing', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(parseBanner(bytes).features).toBeInstanceOf(Set);
    }),
  );
});
