import { systemClock as clock, systemRandom as random } from '@vakhta/kernel';
import { SimulatedMachine } from '@vakhta/sas/simulator';
import { listenTcpLine } from '@vakhta/sas/transports';

/** Of the long poll that moves money: 'AFT transfer funds'. */
const TRANSFER = 0x72;

/** A slot machine of the test's own, on a TCP line, with nobody at it: what happens in it is what the test does. */
export interface SpareMachine {
  machine: SimulatedMachine;
  serial: string;
  /** As the driver's configuration takes it. */
  line: string;
  /** From now on what it answers about a transfer is lost on the way, until `hear`. */
  loseTransferAnswers(): void;
  hear(): void;
  stop(): Promise<void>;
}

export async function startSpareMachine(serial: string): Promise<SpareMachine> {
  const machine = new SimulatedMachine(
    { synced: false, assetNumber: 99, identity: { serialNumber: serial }, options: { answerDelayMs: 2 } },
    { clock, random },
  );
  const server = await listenTcpLine({ host: '127.0.0.1', port: 0 }, clock, (line) =>
    machine.port.connect(line),
  );
  return {
    machine,
    serial,
    line: `tcp://127.0.0.1:${server.port}`,
    loseTransferAnswers: () => {
      machine.fault = (answer) => (tellsOfTransfer(answer) ? 'silence' : undefined);
    },
    hear: () => {
      machine.fault = () => undefined;
    },
    stop: () => {
      machine.powerOff();
      return server.close();
    },
  };
}

/** Whether there is more in an answer than that there is no transfer: address, code, length, then that many bytes. */
const tellsOfTransfer = ([, code, length]: Uint8Array): boolean => code === TRANSFER && length! > 2;
