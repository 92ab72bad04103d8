import type { Socket } from 'node:net';
import type { Instant, Random } from '@vakhta/kernel';
import { AdbError } from '../../adb/adb-error.ts';
import { encodeDeviceBanner } from '../../adb/banner.ts';
import { adbAuth } from '../../adb/handshake.ts';
import { type AdbPublicKey, adbTokenLength, parsePublicKey } from '../../adb/key.ts';
import {
  type AdbPacket,
  adbLargestPayload,
  adbPacket,
  adbVersionUnchecked,
  encodePacket,
  PacketDecoder,
} from '../../adb/packet.ts';
import type { AdbdHost } from './adbd-host.ts';
import type { AdbdProfile } from './adbd-profile.ts';
import { findService } from './adbd-services.ts';
import { AdbdStream } from './adbd-stream.ts';

export interface AdbdConnectionOptions {
  readonly socket: Socket;
  readonly host: AdbdHost;
  readonly profile: AdbdProfile;
  readonly random: Random;
  readonly connectedAt: Instant;
  /** Public keys met before, by their encoding; shared by all connections of a server. */
  readonly metKeys: Map<string, AdbPublicKey>;
  readonly dropAll: () => void;
  readonly onEnd: () => void;
}

/** One client of a simulated adbd: handshake, streams, and the wire's faults. */
export class AdbdConnection {
  readonly connectedAt: Instant;
  readonly #options: AdbdConnectionOptions;
  readonly #decoder = new PacketDecoder(adbLargestPayload);
  readonly #streams = new Map<number, AdbdStream>();
  #state: 'greeting' | 'authorising' | 'authorised' = 'greeting';
  #token: Uint8Array = new Uint8Array(0);
  #clientLargestPayload = 0;
  #sendsSums = true;
  #nextId = 1;
  #held: Uint8Array[] | undefined;
  #bytesLeft: { count: number; how: 'close' | 'reset' } | undefined;

  constructor(options: AdbdConnectionOptions) {
    this.#options = options;
    this.connectedAt = options.connectedAt;
    const { socket } = options;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#onData(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.#endStreams();
      options.onEnd();
    });
  }

  get isAuthorised(): boolean {
    return this.#state === 'authorised';
  }

  /** Stops reading and answering; the client's kernel soon takes no more from it. */
  stall(): void {
    this.#held ??= [];
    this.#options.socket.pause();
  }

  /** Goes on where `stall` stopped; nothing was lost. */
  resume(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const bytes of held) this.#write(bytes);
    this.#options.socket.resume();
  }

  /** Ends the connection, by FIN or RST, once `afterBytes` more bytes have been sent: in the middle of a packet, if so. */
  drop(how: 'close' | 'reset', afterBytes = 0): void {
    if (afterBytes > 0) this.#bytesLeft = { count: afterBytes, how };
    else if (how === 'reset') this.#options.socket.resetAndDestroy();
    else this.#options.socket.destroySoon();
  }

  #onData(chunk: Uint8Array): void {
    try {
      for (const packet of this.#decoder.push(chunk)) this.#handle(packet);
    } catch (error) {
      if (!(error instanceof AdbError)) throw error;
      this.drop('close');
    }
  }

  #handle(packet: AdbPacket): void {
    const stream = this.#streams.get(packet.arg1);
    if (packet.command === 'CNXN') this.#onConnect(packet);
    else if (packet.command === 'AUTH') this.#onAuth(packet);
    // Until it knows who is there, adbd ignores everything else.
    else if (!this.isAuthorised) return;
    else if (packet.command === 'OPEN') this.#onOpen(packet);
    else if (packet.command === 'OKAY') stream?.onOkay();
    else if (packet.command === 'WRTE') stream?.onWrite(packet.payload);
    else if (packet.command === 'CLSE') stream?.onClose();
  }

  #onConnect({ arg0: version, arg1: maxData }: AdbPacket): void {
    const { profile } = this.#options;
    this.#endStreams();
    const isUnchecked = Math.min(version, profile.version) >= adbVersionUnchecked;
    this.#sendsSums = !isUnchecked;
    this.#decoder.dataCheck = isUnchecked ? 'ignored' : 'sum';
    this.#clientLargestPayload = Math.min(maxData, profile.largestPayload);
    if (profile.authentication === 'off') this.#welcome();
    else this.#askForSignature();
  }

  #onAuth({ arg0: kind, payload }: AdbPacket): void {
    if (this.#state !== 'authorising') return;
    const { host, metKeys } = this.#options;
    if (kind === adbAuth.signature) {
      const candidates = [...(host.knownKeys?.() ?? []), ...metKeys.values()];
      const signer = candidates.find((key) => key.verify(this.#token, payload));
      if (signer && host.authorise(signer) === 'known') this.#welcome();
      else this.#askForSignature();
    } else if (kind === adbAuth.publicKey) {
      this.#onPublicKey(parsePublicKey(payload));
    }
  }

  #onPublicKey(key: AdbPublicKey): void {
    const { host, metKeys } = this.#options;
    metKeys.set(key.encoded, key);
    const verdict = host.authorise(key);
    if (verdict === 'known') this.#welcome();
    // A rejected key hears nothing: adbd just keeps waiting, and so does its client.
    if (verdict !== 'unknown') return;
    host.onUnknownKey(key, () => {
      if (this.#state === 'authorising' && !this.#options.socket.destroyed) this.#welcome();
    });
  }

  #askForSignature(): void {
    this.#state = 'authorising';
    this.#token = this.#options.random.bytes(adbTokenLength);
    this.#send(adbPacket('AUTH', adbAuth.token, 0, this.#token));
  }

  #welcome(): void {
    const { host, profile } = this.#options;
    this.#state = 'authorised';
    const banner = encodeDeviceBanner({ ...host.banner, features: new Set(profile.features) });
    const payload = profile.bannerEndsWithNul ? Buffer.concat([banner, Buffer.alloc(1)]) : banner;
    this.#send(adbPacket('CNXN', profile.version, profile.largestPayload, payload));
  }

  #onOpen({ arg0: remoteId, payload }: AdbPacket): void {
    const { host, profile, dropAll } = this.#options;
    const request = new TextDecoder().decode(payload).replace(/\0$/, '');
    const serve = remoteId === 0 ? undefined : findService(request, profile);
    if (!serve) {
      this.#send(adbPacket('CLSE', 0, remoteId));
      return;
    }
    const id = this.#nextId++;
    const stream = new AdbdStream({
      id,
      remoteId,
      largestPayload: this.#clientLargestPayload,
      send: (packet) => this.#send(packet),
      onDone: () => this.#streams.delete(id),
    });
    this.#streams.set(id, stream);
    this.#send(adbPacket('OKAY', id, remoteId));
    void this.#run(serve, stream, { host, profile, dropAll });
  }

  async #run(
    serve: NonNullable<ReturnType<typeof findService>>,
    stream: AdbdStream,
    context: Parameters<typeof serve>[1],
  ): Promise<void> {
    try {
      await serve(stream, context);
    } catch (error) {
      // A command may give up when its client has gone, and a client may talk nonsense; anything else is a bug.
      if (!stream.signal.aborted && !(error instanceof AdbError)) throw error;
    } finally {
      await stream.close();
    }
  }

  #endStreams(): void {
    for (const stream of [...this.#streams.values()]) stream.onConnectionEnd();
    this.#streams.clear();
  }

  #send(packet: AdbPacket): void {
    this.#write(encodePacket(packet, this.#sendsSums));
  }

  #write(bytes: Uint8Array): void {
    const { socket } = this.#options;
    if (socket.destroyed || !socket.writable) return;
    if (this.#held) {
      this.#held.push(bytes);
    } else if (this.#bytesLeft && this.#bytesLeft.count <= bytes.length) {
      const { count, how } = this.#bytesLeft;
      this.#bytesLeft = undefined;
      socket.write(bytes.subarray(0, count), () => this.drop(how));
    } else {
      if (this.#bytesLeft) this.#bytesLeft.count -= bytes.length;
      socket.write(bytes);
    }
  }
}
