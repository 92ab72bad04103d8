import type { AdbdHost } from './adbd-host.ts';
import type { AdbdProfile } from './adbd-profile.ts';
import { serveExec, serveShell } from './adbd-shell.ts';
import type { AdbdStream } from './adbd-stream.ts';
import { serveSync } from './adbd-sync.ts';

interface AdbdServiceContext {
  readonly host: AdbdHost;
  readonly profile: AdbdProfile;
  /** Ends every connection, as a restart does. */
  readonly dropAll: () => void;
}

/** Speaks one service over its stream; when it is done the stream is closed. */
type Serve = (stream: AdbdStream, context: AdbdServiceContext) => Promise<void>;

interface AdbdService {
  readonly pattern: RegExp;
  readonly isOffered?: (profile: AdbdProfile) => boolean;
  readonly serve: (match: readonly string[]) => Serve;
}

/**
 * Every service of this daemon; a request that matches none is refused, as a real one refuses what it does not have
 * (`framebuffer:` among them, which needs a graphics plane).
 */
const services: readonly AdbdService[] = [
  {
    pattern: /^shell((?:,[^:,]*)*):(.*)$/s,
    serve:
      ([, options = '', command = '']) =>
      (stream, context) =>
        serveShell(stream, context, options.split(',').slice(1), command),
  },
  {
    pattern: /^exec:(.*)$/s,
    isOffered: (profile) => profile.hasExec,
    serve:
      ([, command = '']) =>
      (stream, { host }) =>
        serveExec(stream, host, command),
  },
  {
    pattern: /^sync:$/,
    serve:
      () =>
      (stream, { host, profile }) =>
        serveSync(stream, host.files, profile.features),
  },
  {
    pattern: /^reboot:(.*)$/s,
    serve:
      ([, target = '']) =>
      async (_stream, { host, dropAll }) => {
        host.reboot(target);
        dropAll();
      },
  },
];

/** The service a request names, or `undefined` to refuse it. */
export function findService(request: string, profile: AdbdProfile): Serve | undefined {
  for (const { pattern, isOffered, serve } of services) {
    const match = pattern.exec(request);
    if (match) return (isOffered?.(profile) ?? true) ? serve(match) : undefined;
  }
  return undefined;
}
