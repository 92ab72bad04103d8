import { encodeShellPacket, ShellDecoder, shellPacketIds } from '../../adb/shell-protocol.ts';
import type { AdbdCommandResult, AdbdHost } from './adbd-host.ts';
import type { AdbdProfile } from './adbd-profile.ts';
import type { AdbdStream } from './adbd-stream.ts';

const bytesOf = (output: string | Uint8Array | undefined): Uint8Array =>
  typeof output === 'string' ? new TextEncoder().encode(output) : (output ?? new Uint8Array(0));

/** `exec:` both directions raw, no exit code. */
export async function serveExec(stream: AdbdStream, host: AdbdHost, command: string): Promise<void> {
  const { stdout, stderr } = await host.run(command, { stdin: stream.input.chunks(), signal: stream.signal });
  await stream.write(bytesOf(stdout));
  await stream.write(bytesOf(stderr));
}

/** `shell:` and `shell,v2,TERM=…,raw|pty:`; options as a client lists them. */
export async function serveShell(
  stream: AdbdStream,
  { host, profile }: { host: AdbdHost; profile: AdbdProfile },
  options: readonly string[],
  command: string,
): Promise<void> {
  const isV2 = options.includes('v2') && profile.features.includes('shell_v2');
  const onTerminal =
    options.includes('pty') ||
    (!options.includes('raw') && (command === '' || profile.legacyShellOnTerminal));
  const stdin = isV2 ? stdinOf(stream) : stream.input.chunks();
  const result = await host.run(command, { stdin, signal: stream.signal });
  await (isV2 ? answerV2(stream, result, onTerminal) : answerLegacy(stream, result, onTerminal));
}

/** The command's input among the packets of a shell v2 client; window sizes mean nothing here. */
async function* stdinOf(stream: AdbdStream): AsyncGenerator<Uint8Array, void> {
  let input: Uint8Array[] = [];
  let isClosed = false;
  const decoder = new ShellDecoder((id, data) => {
    if (id === shellPacketIds.stdin) input.push(data);
    if (id === shellPacketIds.closeStdin) isClosed = true;
  });
  for await (const chunk of stream.input.chunks()) {
    decoder.push(chunk);
    yield* input;
    input = [];
    if (isClosed) return;
  }
}

async function answerLegacy(
  stream: AdbdStream,
  result: AdbdCommandResult,
  onTerminal: boolean,
): Promise<void> {
  for (const output of [result.stdout, result.stderr]) {
    await stream.write(onTerminal ? asOnTerminal(bytesOf(output)) : bytesOf(output));
  }
}

async function answerV2(stream: AdbdStream, result: AdbdCommandResult, onTerminal: boolean): Promise<void> {
  // A terminal has one output: what a command says on stderr comes with the rest.
  const outputs = onTerminal
    ? [
        { id: shellPacketIds.stdout, data: asOnTerminal(bytesOf(result.stdout)) },
        { id: shellPacketIds.stdout, data: asOnTerminal(bytesOf(result.stderr)) },
      ]
    : [
        { id: shellPacketIds.stdout, data: bytesOf(result.stdout) },
        { id: shellPacketIds.stderr, data: bytesOf(result.stderr) },
      ];
  const packets = outputs
    .filter(({ data }) => data.length > 0)
    .flatMap(({ id, data }) => inShellPackets(id, data));
  packets.push(encodeShellPacket(shellPacketIds.exit, Uint8Array.of(result.exitCode & 0xff)));
  await stream.write(Buffer.concat(packets));
}

// adbd reads its child's pipe in pieces of this size, each one a packet.
const shellPacketData = 32 * 1024;

function inShellPackets(id: number, data: Uint8Array): Uint8Array[] {
  const packets: Uint8Array[] = [];
  for (let offset = 0; offset < data.length; offset += shellPacketData) {
    packets.push(encodeShellPacket(id, data.subarray(offset, offset + shellPacketData)));
  }
  return packets;
}

/** A pseudo-terminal's output processing (ONLCR), which is what ruins pictures sent through it. */
function asOnTerminal(bytes: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}
