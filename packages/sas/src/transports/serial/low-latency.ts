/** `struct serial_struct` of Linux: the flags are its fifth word, in 32 and 64 bits alike. */
export const serialStructSize = 72;
const flagsOffset = 16;
const asyncLowLatency = 1 << 13;

/** The same with ASYNC_LOW_LATENCY, which FTDI's driver takes as a latency timer of 1 ms, from any user. */
export function lowLatencySet(serial: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(serial);
  const view = new DataView(bytes.buffer);
  view.setUint32(flagsOffset, view.getUint32(flagsOffset, true) | asyncLowLatency, true);
  return bytes;
}
