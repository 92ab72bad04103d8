import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { serviceNotifier } from './service-notifier.ts';

test('nobody is told anything when nobody asked', () => {
  const calls: string[][] = [];
  const notifier = serviceNotifier({}, (command, args) => calls.push([command, ...args]));
  notifier.notify('READY=1');
  expect(notifier.watchdog).toBeUndefined();
  expect(calls).toEqual([]);
});

test('systemd is told how we stand, and gets a sign of life twice in its limit', () => {
  const calls: string[][] = [];
  const notifier = serviceNotifier(
    { NOTIFY_SOCKET: '/run/systemd/notify', WATCHDOG_USEC: '30000000' },
    (command, args) => calls.push([command, ...args]),
  );
  notifier.notify('READY=1');
  expect(notifier.watchdog).toBe(15_000);
  expect(calls).toEqual([['systemd-notify', 'READY=1']]);
});

const unit = readFileSync(new URL('../../../deploy/systemd/vakhta-agent.service', import.meta.url), 'utf8');
const setting = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1];

test('the unit in deploy/ waits for what the agent tells, and knows the exit code of a revoked agent', () => {
  expect(setting('Type')).toBe('notify');
  // The messages come from a child, systemd-notify.
  expect(setting('NotifyAccess')).toBe('all');
  expect(Number(setting('WatchdogSec'))).toBeGreaterThanOrEqual(10);
  expect(setting('Restart')).toBe('always');
  expect(setting('RestartPreventExitStatus')).toBe('77');
  // A graceful stop takes 5 s at most.
  expect(Number(setting('TimeoutStopSec'))).toBeGreaterThan(5);
  expect(setting('ExecStart')).toContain(`agent --data /var/lib/${setting('StateDirectory')}`);
});
