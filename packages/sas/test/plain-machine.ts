import type { Clock } from '@vakhta/kernel';
import { crc16 } from '../src/codec/crc.ts';
import { chirpSymbol, type Line, machineSymbols, wakeup } from '../src/line/index.ts';

/**
 * As much of a machine as the line's own tests need: synchronised by a poll to another, strict about the wakeup bit,
 * answers general polls with 00 and any read with twelve bytes and a CRC, chirps after 5 s of silence.
 */
export function plainMachine(line: Line, clock: Clock, address: number, answerAfter = 4): void {
  let message: number[] = [];
  let synchronised = false;
  let lastWakeup = clock.monotonic();
  const say = (bytes: number[]) => clock.after(answerAfter, () => void line.send(machineSymbols(bytes)));
  line.receive((symbols) => {
    for (const { symbol } of symbols) {
      const byte = symbol & 0xff;
      if (symbol & wakeup) {
        lastWakeup = clock.monotonic();
        message = [];
        if ((byte & 0x7f) !== address) synchronised = true;
        else if (byte & 0x80 && synchronised) say([0x00]);
      }
      message.push(byte);
      if (message.length === 2 && message[0] === address && synchronised) {
        const body = [address, byte, ...new Array<number>(12).fill(0x37)];
        const crc = crc16(body);
        say([...body, crc & 0xff, crc >> 8]);
      }
    }
  });
  clock.every(200, () => {
    if (clock.monotonic() - lastWakeup < 5000) return;
    synchronised = false;
    void line.send([chirpSymbol(address)]);
  });
}
