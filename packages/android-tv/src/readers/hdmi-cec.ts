import { asBoolean, asInteger, firstMatch, known, type Reader } from './reading.ts';

/** CEC device types (HDMI 1.4 CEC 11): 0 is a TV; 4 a playback device, for which ports mean nothing. */
const cecPlayback = 4;

/**
 * `dumpsys hdmi_control`. On a TV the source on the bus is the last `<Active Source>` it received, else the routing
 * path; the first nibble of a physical address is the TV's port. A box knows only whether it is the source itself.
 */
export const readHdmiCec: Reader = (lines) => {
  const types = lines.flatMap((line) => {
    const type = asInteger(/^\s*mDeviceType:\s*(-?\d+)/.exec(line)?.[1]);
    return type === undefined ? [] : [type];
  });
  // A TV may hold a local audio system beside itself.
  const cecDeviceType = types.includes(0) ? 0 : types[0];
  return known({
    cecDeviceType,
    cecIsActiveSource: asBoolean(firstMatch(lines, /^\s*(?:mIsActiveSource|isActiveSource\(\)):\s*(\w+)/)),
    cecActivePort: cecDeviceType === cecPlayback ? undefined : activePort(lines),
  });
};

function activePort(lines: readonly string[]): number | undefined {
  const address =
    lastActiveSource(lines) ?? firstMatch(lines, /^\s*mActiveRoutingPath:\s*0x([0-9a-f]{4})\b/i);
  const port = address === undefined || /^f{4}$/i.test(address) ? 0 : Number.parseInt(address[0]!, 16);
  return port > 0 ? port : undefined;
}

/**
 * Physical address of the last `<Active Source>` that came in. Up to Android 11 `src: 4, dst: 15, params: 20 00`, later
 * the frame itself, `4F:82:20:00`. Sent ones, marked [S], are the TV calling itself the source.
 */
function lastActiveSource(lines: readonly string[]): string | undefined {
  let latest: { time: string; address: string } | undefined;
  for (const line of lines) {
    if (!line.includes('<Active Source>') || /\[S\]/.test(line)) continue;
    const found =
      /params:\s*([0-9a-f]{2})\s+([0-9a-f]{2})/i.exec(line) ??
      /<Active Source>\s*[0-9a-f]{2}:82:([0-9a-f]{2}):([0-9a-f]{2})/i.exec(line);
    if (!found) continue;
    const time = /time=(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)/.exec(line)?.[1] ?? '';
    // The history is a ring: where the lines are dated, their dates decide, not their order.
    if (!latest || time === '' || time >= latest.time) latest = { time, address: found[1]! + found[2]! };
  }
  return latest?.address;
}
