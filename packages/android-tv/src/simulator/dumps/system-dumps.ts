import type { SimulatedTv } from '../tv/simulated-tv.ts';

/** `dumpsys power`: a display state up to 11, an object's name in its place from 12 on. */
export function dumpPower(tv: SimulatedTv): string {
  const awake = tv.wakefulness !== 'Asleep';
  const object = 'com.android.server.power.PowerManagerService$1@8c9fc54';
  const display = tv.profile.sdk >= 31 ? object : `state=${awake ? 'ON' : 'OFF'}`;
  return `POWER MANAGER (dumpsys power)

Power Manager State:
  mDirty=0x0
  mWakefulness=${tv.wakefulness}
  mWakefulnessChanging=${tv.isChanging}
  mIsPowered=true
  mPlugType=1
  mBatteryLevel=100
  mStayOn=false
  mBootCompleted=true
  mSystemReady=true
  mHalInteractiveModeEnabled=${awake}
  mHoldingWakeLockSuspendBlocker=false
  mHoldingDisplaySuspendBlocker=${awake}

Wake Locks: size=${awake ? 1 : 0}
${awake ? `  SCREEN_BRIGHT_WAKE_LOCK        'WindowManager' (uid=1000, pid=1523, ws=WorkSource{10054})\n` : ''}
Suspend Blockers: size=4
  PowerManagerService.Display: ref count=${awake ? 1 : 0}

Display Power: ${display}
`;
}

export const dumpUptime = (tv: SimulatedTv): string =>
  `${(tv.uptime / 1000).toFixed(2)} ${((tv.uptime / 1000) * 3.1).toFixed(2)}\n`;

export function dumpMemory(tv: SimulatedTv): string {
  const { memTotalKb, sdk } = tv.profile;
  const used = Math.round(memTotalKb * 0.55) + tv.processes.length * 48_000;
  const line = (name: string, kb: number) => `${`${name}:`.padEnd(16)}${String(kb).padStart(8)} kB\n`;
  return (
    line('MemTotal', memTotalKb) +
    line('MemFree', Math.max(0, Math.round((memTotalKb - used) * 0.3))) +
    // Kernels of that age do not estimate it.
    (sdk > 22 ? line('MemAvailable', Math.max(0, memTotalKb - used)) : '') +
    line('Buffers', 15_032)
  );
}

/** 1K blocks; `extraUsed` is what was pushed. */
function storage(tv: SimulatedTv, extraUsedBytes: number) {
  const total = tv.profile.storageTotalKb;
  const used = Math.min(total, Math.round(total * 0.34) + Math.ceil(extraUsedBytes / 1024));
  return { total, used, free: total - used, percent: Math.ceil((used / total) * 100) };
}

export function dumpDf(tv: SimulatedTv, extraUsedBytes: number): string {
  const { total, used, free, percent } = storage(tv, extraUsedBytes);
  if (tv.profile.sdk < 23) {
    const rounded = (kb: number) => `${(kb / 1024 / 1024).toFixed(1)}G`;
    const row = [rounded(total), rounded(used), rounded(free), '4096']
      .map((cell) => cell.padStart(9))
      .join('');
    return `Filesystem               Size     Used     Free   Blksize\n/data               ${row}\n`;
  }
  return (
    'Filesystem       1K-blocks    Used Available Use% Mounted on\n' +
    `/dev/block/dm-2 ${String(total).padStart(10)} ${String(used).padStart(7)} ${String(free).padStart(9)} ${String(percent).padStart(3)}% /data\n`
  );
}

export function dumpDiskstats(tv: SimulatedTv, extraUsedBytes: number): string {
  const { total, free } = storage(tv, extraUsedBytes);
  return `Latency: 1ms [512B Data Write]\nData-Free: ${free}K / ${total}K total = ${Math.round((free / total) * 100)}% free\nCache-Free: 61236K / 65488K total = 93% free\n`;
}

/** Cached readings stand above those read just now, and are older. */
export function dumpThermal(tv: SimulatedTv): string {
  const soc = tv.temperature.toFixed(1);
  return `IsStatusOverride: false
ThermalEventListeners:
\tcallbacks: 1
Thermal Status: 0
Cached temperatures:
\tTemperature{mValue=${(tv.temperature - 9).toFixed(1)}, mType=0, mName=CPU, mStatus=0}
HAL Ready: true
HAL connection:
\tThermalHAL 2.0 connected: yes
Current temperatures from HAL:
\tTemperature{mValue=${soc}, mType=0, mName=CPU, mStatus=0}
\tTemperature{mValue=${(tv.temperature - 6).toFixed(1)}, mType=3, mName=SKIN, mStatus=0}
Current cooling devices from HAL:
`;
}

export const dumpNetwork = (
  tv: SimulatedTv,
): string => `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP qlen 1000
    link/ether ${tv.mac} brd ff:ff:ff:ff:ff:ff
    inet ${tv.address}/24 brd 192.168.48.255 scope global eth0
`;

/** The old toolbox prints a state letter without a column for it. */
export function dumpProcesses(tv: SimulatedTv): string {
  const names = ['/init', 'zygote', 'system_server', 'com.android.systemui', ...tv.processes];
  if (tv.profile.sdk < 26)
    return [
      'USER     PID   PPID  VSIZE  RSS     WCHAN    PC         NAME',
      ...names.map(
        (name, index) =>
          `${(index < 3 ? 'root' : `u0_a${index}`).padEnd(9)}${String(index * 97 + 1).padEnd(6)}1     1189204 115000 ffffffff 00000000 S ${name}`,
      ),
      '',
    ].join('\n');
  return [
    'USER           PID  PPID     VSZ    RSS WCHAN            ADDR S NAME                       ',
    ...names.map(
      (name, index) =>
        `${(index < 3 ? 'root' : `u0_a${index}`).padEnd(12)} ${String(index * 97 + 1).padStart(5)}     1 1210840  62476 0                   0 S ${name}`,
    ),
    '',
  ].join('\n');
}

/** Properties a client may ask for. */
export function systemProperties(tv: SimulatedTv): ReadonlyMap<string, string> {
  const { manufacturer, model, device, product, release, sdk } = tv.profile;
  return new Map([
    ['ro.product.manufacturer', manufacturer],
    ['ro.product.model', model],
    ['ro.product.name', product],
    ['ro.product.device', device],
    ['ro.product.vendor.device', device],
    ['ro.serialno', tv.serial],
    ['ro.build.version.release', release],
    ['ro.build.version.sdk', String(sdk)],
    ['ro.build.display.id', `${product}-user ${release}`],
    ['sys.boot_completed', '1'],
  ]);
}
