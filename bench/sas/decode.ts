import { systemClock } from '@vakhta/kernel';
import { crc16, decodeResponse, Splitter } from '@vakhta/sas/codec';
import { type BenchmarkResult, median } from '../result.ts';

/** What a line can carry at most: 19 200 bit/s at eleven bits a byte. */
const lineFrames = 19_200 / 11 / 24;
const hold = 300_000;

/** The answer to poll 19, five meters: 24 bytes. Other figures in each, so that nothing is read twice from a cache. */
const frames = Array.from({ length: 1000 }, (_, seed) => {
  const body = [
    0x01,
    0x19,
    ...Array.from({ length: 20 }, (_, i) => (((seed * 7 + i) % 10) << 4) | ((seed + i) % 10)),
  ];
  const crc = crc16(body);
  return Uint8Array.from([...body, crc & 0xff, crc >> 8]);
});

/** Frames of 24 bytes, CRC checked, split from the stream of a port and decoded to their fields, on one core. */
export function decodeFrames(quick: boolean): BenchmarkResult[] {
  const rounds = quick ? 20 : 300;
  const perSecond = Array.from({ length: 7 }, () => {
    const startedAt = systemClock.monotonic();
    let decoded = 0;
    for (let round = 0; round < rounds; round++)
      for (const frame of frames)
        for (const message of new Splitter({ pending: '19', rte: false }).push(frame)) {
          const answer = decodeResponse(message, '19');
          if (answer.ok && 'crcOk' in answer.value && answer.value.crcOk) decoded++;
        }
    if (decoded !== rounds * frames.length) throw new Error(`${decoded} frames decoded`);
    return (decoded * 1000) / (systemClock.monotonic() - startedAt);
  });
  const value = median(perSecond);
  const what = 'frames of 24 bytes split and decoded';
  return [
    { what, unit: '1/s', value, limit: { what: 'at least', value: hold }, ratio: value / hold },
    {
      what: `${what}, beside one line`,
      unit: '1/s',
      value,
      limit: { what: 'the line', value: lineFrames },
      ratio: value / lineFrames,
    },
  ];
}
