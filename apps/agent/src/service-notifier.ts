import { execFile } from 'node:child_process';

/** Tells whoever started us how we stand (sd_notify(3)). */
export interface ServiceNotifier {
  /** How often a sign of life is due, in milliseconds; undefined when nobody waits for one. */
  readonly watchdog: number | undefined;
  notify(state: 'READY=1' | 'STOPPING=1' | 'WATCHDOG=1'): void;
}

const nobody: ServiceNotifier = { watchdog: undefined, notify() {} };

/**
 * Speaks to systemd by its own `systemd-notify`, since Node has no datagram sockets of the local kind. Only when systemd
 * asked for it; the unit needs `NotifyAccess=all`, because the message comes from a child of ours.
 */
export function serviceNotifier(
  environment: NodeJS.ProcessEnv,
  run: (command: string, args: string[]) => void = (command, args) => {
    // A message that did not get through shows by itself: the watchdog restarts us.
    execFile(command, args, () => {});
  },
): ServiceNotifier {
  if (!environment.NOTIFY_SOCKET) return nobody;
  const limit = Number(environment.WATCHDOG_USEC);
  return {
    // Half the limit, as sd_watchdog_enabled(3) advises.
    watchdog: limit > 0 ? limit / 1000 / 2 : undefined,
    notify: (state) => run('systemd-notify', [state]),
  };
}
