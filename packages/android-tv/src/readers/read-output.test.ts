import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOutput } from './read-output.ts';
import { Fixtures, scoreFixtures } from './score.ts';

const fixtures = Fixtures.parse(
  JSON.parse(readFileSync(new URL('../../test/data/fixtures.json', import.meta.url), 'utf8')),
);

/** What an output must tell, and (as `undefined`) what it must not. */
interface Case {
  promise: string;
  command: string;
  output: string;
  expect: Record<string, unknown>;
}

const hal = 'Current temperatures from HAL:\n';
const power: Case[] = [
  {
    promise: 'a display state of its own beats the suspend blocker',
    command: 'dumpsys power',
    output: '  mWakefulness=Awake\n  mHoldingDisplaySuspendBlocker=true\nDisplay Power: state=OFF\n',
    expect: { screenOn: false },
  },
  {
    promise: 'a suspend blocker held while asleep (Dynalink) proves no lit screen',
    command: 'dumpsys power',
    output: '  mWakefulness=Asleep\n  mHoldingDisplaySuspendBlocker=true\nDisplay Power: X$1@8c9fc54\n',
    expect: { wakefulness: 'Asleep', screenOn: undefined },
  },
  {
    promise: 'wakefulness alone says nothing of the screen',
    command: 'dumpsys power',
    output: '  mWakefulness=Dreaming\n  mWakefulnessChanging=true\n',
    expect: { wakefulness: 'Dreaming', wakefulnessChanging: true, screenOn: undefined },
  },
  {
    promise: 'suspend blockers are not wake locks',
    command: 'dumpsys power',
    output: 'Suspend Blockers: size=4\n',
    expect: { wakeLockCount: undefined },
  },
  {
    promise: 'answers of a one-line script stand right before the count of wake locks',
    command:
      "(dumpsys power | grep -q 'state=ON') && echo -e '1\\c'; dumpsys power | grep Locks | grep 'size='",
    output: '11Wake Locks: size=2\n',
    expect: { wakeLockCount: 2, screenOn: undefined, wakefulness: undefined },
  },
];

const audio: Case[] = [
  {
    promise: 'the last stream block has no closing line',
    command: 'dumpsys audio',
    output:
      '- STREAM_RING:\n   Muted: true\n   Max: 7\n- STREAM_MUSIC:\n   Mute count: 2\n   Max: 100\n' +
      '   Current: 2 (speaker): 95, 4 (headset): 10, 40000000 (default): 15\n   Devices: speaker\n',
    expect: { volume: 95, volumeMax: 100, volumeMin: undefined, muted: true, audioDevice: 'speaker' },
  },
  {
    promise: 'speaker_safe is not speaker',
    command: 'dumpsys audio',
    output: '- STREAM_MUSIC:\n   Current: 400000 (speaker_safe): 3, 2 (speaker): 20\n   Devices: speaker\n',
    expect: { volume: 20, muted: undefined },
  },
  {
    promise: 'a device without an index of its own has the default one',
    command: 'dumpsys audio',
    output: '- STREAM_MUSIC:\n   Current: 2 (speaker): 3, 40000000 (default): 9\n   Devices: hdmi_arc\n',
    expect: { volume: 9, audioDevice: 'hdmi_arc' },
  },
  {
    promise: 'an unnamed map (4.4) without a device tells no volume',
    command: 'dumpsys audio',
    output: '- STREAM_MUSIC:\n   Mute count: 0\n   Max: 15\n   Current: 2: 11, 40000000: 11, \n',
    expect: { volume: undefined, muted: false, volumeMax: 15, audioDevice: undefined },
  },
  {
    promise: 'Android 14 prints the device with its code',
    command: 'dumpsys audio',
    output:
      '- STREAM_MUSIC:\n   Current: 400 (hdmi): 5, 40000000 (default): 3\n   Devices: hdmi(400)\n   Volume Group: music\n',
    expect: { volume: 5, audioDevice: 'hdmi' },
  },
  {
    promise: "another stream's getter is not the music volume",
    command: 'media volume --stream 2 --get',
    output: '[v] will control stream=2 (STREAM_RING)\n[v] volume is 5 in range [0..7]\n',
    expect: { volume: undefined, volumeMax: undefined },
  },
  {
    promise: 'a missing media binary tells nothing',
    command: 'media volume --stream 3 --get',
    output: '/system/bin/sh: media: inaccessible or not found\n',
    expect: { volume: undefined },
  },
  {
    promise: 'a remote volume is not the TV volume',
    command: 'dumpsys audio',
    output: 'Remote Volume State:\n  volume is unknown\n   Muted: true\n',
    expect: { volume: undefined, muted: undefined },
  },
  {
    promise: 'players of Android 11 speak without dashes, and history lines do not count',
    command: 'dumpsys audio',
    output:
      '  AudioPlaybackConfiguration piid:15 type:android.media.AudioTrack u/pid:10/20 state:paused attr:x\n' +
      '01-12 10:00:00:000 player piid:15 state:started\n',
    expect: { playbackState: 'paused' },
  },
];

const session = (lines: string) => `    tag com.app/tag (userId=0)\n      ownerPid=1\n${lines}`;
const media: Case[] = [
  {
    promise: 'an inactive session with a stale state is passed over',
    command: 'dumpsys media_session',
    output:
      session(
        '      package=com.old\n      active=false\n      state=PlaybackState {state=3, position=0}\n',
      ) +
      session(
        '      package=com.new\n      active=true\n      state=PlaybackState {state=PAUSED(2), position=0}\n' +
          '      metadata: size=4, description=null\n',
      ),
    expect: { playbackState: 'paused', playbackPackage: 'com.new', mediaDescription: undefined },
  },
  {
    promise: 'a null state is no state',
    command: 'dumpsys media_session',
    output: session('      package=com.x\n      active=true\n      state=null\n'),
    expect: { playbackState: undefined, playbackPackage: undefined },
  },
  {
    promise: 'connecting counts as buffering, winding as other',
    command: 'dumpsys media_session',
    output: session('      active=true\n      state=PlaybackState {state=8, position=0}\n'),
    expect: { playbackState: 'buffering' },
  },
  {
    promise: 'filtered lines still separate two sessions',
    command: "dumpsys media_session | grep -E 'package=|active=|state='",
    output:
      'package=com.a\nactive=false\nstate=PlaybackState {state=3,\npackage=com.b\nactive=true\nstate=PlaybackState {state=FAST_FORWARDING(4),\n',
    expect: { playbackPackage: 'com.b', playbackState: 'other' },
  },
];

const foreground: Case[] = [
  {
    promise: 'a dream in focus leaves the focused app',
    command: 'dumpsys window displays',
    output:
      '  mCurrentFocus=Window{1a2b u0 Sys2023:dream}\n  mFocusedApp=ActivityRecord{3c u0 com.tv/.Main t7}\n',
    expect: { foregroundPackage: 'com.tv', foregroundActivity: 'com.tv.Main' },
  },
  {
    promise: 'an input method alone names nothing',
    command: 'dumpsys window',
    output: '  mCurrentFocus=Window{1a2b u0 InputMethod}\n  mFocusedApp=null\n',
    expect: { foregroundPackage: undefined, foregroundActivity: undefined },
  },
  {
    promise: 'the top resumed activity beats the others',
    command: 'dumpsys activity activities',
    output:
      '    mResumedActivity: ActivityRecord{1 u0 com.b/.B t2}\n  ResumedActivity:ActivityRecord{2 u0 com.c/.C t3}\n' +
      '  topResumedActivity=ActivityRecord{3 u0 com.a/com.a.ui.A} t1}\n',
    expect: { foregroundPackage: 'com.a', foregroundActivity: 'com.a.ui.A' },
  },
  {
    promise: 'a record without hash and user is read',
    command: 'dumpsys activity activities',
    output:
      '  mResumedActivity: ActivityRecord{com.b/.B$Inner t2}\n  mLastPausedActivity: ActivityRecord{9 u0 x.y/.Z t1}\n',
    expect: { foregroundPackage: 'com.b', foregroundActivity: 'com.b.B$Inner' },
  },
  {
    promise: 'the topmost window that is an input method is not an app',
    command: 'dumpsys window windows',
    output:
      '  Window #0 Window{fb u0 com.kb/com.kb.Ime}:\n    mAttrs={(0,0)(fillxfill) ty=INPUT_METHOD fmt=T}\n',
    expect: { foregroundPackage: undefined },
  },
];

const inputs: Case[] = [
  {
    promise: 'the held hardware connection gives the input and its port',
    command: 'dumpsys tv_input',
    output:
      '    5: Connection{ mHardwareInfo: TvInputHardwareInfo {id=5, type=9, hdmi_port=1, cable_connection_status=0}, mInfo: TvInputInfo{id=a/.H/HW5, pkg=a}, mCallback: null, mConfigs: null, mCallingUid: null, mResolvedUserId: null }\n' +
      '    6: Connection{ mHardwareInfo: TvInputHardwareInfo {id=6, type=9, hdmi_port=2, cable_connection_status=1}, mInfo: TvInputInfo{id=a/.H/HW6, pkg=a}, mCallback: x, mConfigs: [], mCallingUid: 1000, mResolvedUserId: 0 }\n',
    expect: { activeInputId: 'a/.H/HW6', hdmiPort: 2, inputs: undefined },
  },
  {
    promise: 'a held connection without an input still gives the port',
    command: 'dumpsys tv_input',
    output:
      '    9: Connection{ mHardwareInfo: TvInputHardwareInfo {id=9, type=9, hdmi_port=4}, mInfo: null, mCallback: x, mCallingUid: 1000 }\n',
    expect: { activeInputId: undefined, hdmiPort: 4 },
  },
  {
    promise: 'the last start that is no passthrough asked for no input',
    command: 'dumpsys activity starter',
    output:
      '   Intent { act=VIEW dat=content://android.media.tv/passthrough/a%2F.H%2FHW5 flg=0x10000000 }\n' +
      '  mIntent=Intent { act=android.intent.action.MAIN cmp=com.netflix.ninja/.MainActivity }\n',
    expect: { requestedInputId: undefined },
  },
  {
    promise: 'without mIntent the last record tells, decoded',
    command: 'dumpsys activity starter',
    output:
      '  mLastStartActivityRecord:\n   Intent { dat=content://android.media.tv/passthrough/com.x%2F.Tv%2FHW15 flg=0x1 }\n',
    expect: { requestedInputId: 'com.x/.Tv/HW15' },
  },
  {
    promise: 'a hidden address asks for nothing known',
    command: 'dumpsys activity starter',
    output: '  mIntent=Intent { act=VIEW dat=content://android.media.tv/... }\n',
    expect: { requestedInputId: undefined },
  },
  {
    promise: 'the last active source received decides, not one sent, in both spellings',
    command: 'dumpsys hdmi_control',
    output:
      '    mDeviceType: 0\n    mActiveRoutingPath: 0x1000\n' +
      '    [R] time=2024-01-02 10:00:00 message=<Active Source> src: 4, dst: 15, params: 20 00\n' +
      '    [R] time=2024-01-02 11:00:00 message=<Active Source> 8F:82:30:00\n' +
      '    [S] time=2024-01-02 12:00:00 message=<Active Source> src: 0, dst: 15, params: 00 00\n',
    expect: { cecDeviceType: 0, cecActivePort: 3 },
  },
  {
    promise: 'the routing path tells the port where no message does; the internal source is no port',
    command: 'dumpsys hdmi_control',
    output: 'mDeviceType: 0\nmActiveRoutingPath: 0x0000\n',
    expect: { cecDeviceType: 0, cecActivePort: undefined },
  },
];

const system: Case[] = [
  {
    promise: 'an empty property in the middle moves nothing',
    command: 'getprop ro.product.manufacturer; getprop ro.serialno; getprop ro.build.version.release',
    output: 'Philips\n\n9\n',
    expect: { manufacturer: 'Philips', serial: undefined, androidRelease: '9' },
  },
  {
    promise: 'the full listing is read by name',
    command: 'getprop',
    output: '[ro.product.model]: [BRAVIA 4K VH2]\n[sys.boot_completed]: [1]\n[ro.serialno]: []\n',
    expect: { model: 'BRAVIA 4K VH2', bootCompleted: true, serial: undefined },
  },
  {
    promise: 'the address is lower case, of the card and not of a dummy',
    command: 'ip addr',
    output:
      '2: dummy0: <BROADCAST> mtu 1500\n    link/ether 2a:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff\n' +
      '3: eth0: <BROADCAST,UP> mtu 1500\n    link/ether 00:1A:2B:3C:4D:5E brd ff:ff:ff:ff:ff:ff\n    inet 192.168.48.74/24\n',
    expect: { macAddress: '00:1a:2b:3c:4d:5e', ipAddress: '192.168.48.74' },
  },
  {
    promise: 'whole blocks of /data are sizes',
    command: 'df /data',
    output:
      'Filesystem     1K-blocks   Used Available Use% Mounted on\n/dev/block/dm-5  5069616 873004   4180228  18% /data/user/0\n',
    expect: { storageTotalKb: 5069616, storageFreeKb: 4180228, storageUsedPercent: 18 },
  },
  {
    promise: "the old toolbox's rounded sizes tell nothing",
    command: 'df /data',
    output:
      'Filesystem               Size     Used     Free   Blksize\n/data                    5.1G     1.9G     3.2G   4096\n',
    expect: { storageTotalKb: undefined, storageFreeKb: undefined, storageUsedPercent: undefined },
  },
  {
    promise: 'diskstats gives /data exactly',
    command: 'dumpsys diskstats',
    output:
      'Latency: 1ms [512B Data Write]\nData-Free: 1432904K / 4000000K total = 35% free\nCache-Free: 1K / 2K total = 50% free\n',
    expect: { storageFreeKb: 1432904, storageTotalKb: 4000000, storageUsedPercent: undefined },
  },
  {
    promise: 'cached temperatures do not count',
    command: 'dumpsys thermalservice',
    output: `Thermal Status: 0\nCached temperatures:\n Temperature{mValue=70.0, mType=0, mName=CPU, mStatus=0}\nHAL Ready: true\n${hal}`,
    expect: { temperatureC: undefined, thermalStatus: 0 },
  },
  {
    promise: 'cooling devices end the section',
    command: 'dumpsys thermalservice',
    output: `${hal} Temperature{mValue=45.5, mType=0, mName=CPU0, mStatus=0}\nCached temperatures:\n Temperature{mValue=70.0, mType=0, mName=CPU0, mStatus=0}\n`,
    expect: { temperatureC: 45.5 },
  },
  {
    promise: 'an old toolbox list with header is read by its last column',
    command: 'ps',
    output:
      'USER     PID   PPID  VSIZE  RSS     WCHAN    PC         NAME\nroot      1     0     2616   780   c00f 0000 S /init\n',
    expect: { processes: ['/init'] },
  },
  {
    promise: 'uptime is its first figure',
    command: 'cat /proc/uptime',
    output: '923.79 3100.10\n',
    expect: { uptimeSeconds: 923.79 },
  },
];

const answers: Case[] = [
  {
    promise: 'an error after "Starting" is a failure whatever the exit code',
    command: 'am start -n a/.B',
    output: 'Starting: Intent { cmp=a/.B }\nError type 3\nError: Activity class {a/a.B} does not exist.\n',
    expect: { commandOk: false, failureCode: undefined },
  },
  {
    promise: 'an intent delivered to the running instance is a success',
    command: 'am start -n a/.B',
    output:
      'Starting: Intent { cmp=a/.B }\nWarning: Activity not started, intent has been delivered to currently running top-most instance.\n',
    expect: { commandOk: true },
  },
  {
    promise: 'a component called Exception is not one',
    command: 'am start -n a/.ExceptionActivity',
    output: 'Starting: Intent { cmp=a/.ExceptionActivity }\n',
    expect: { commandOk: true },
  },
  {
    promise: 'an exception is a failure',
    command: 'am start -n a/.B',
    output: 'java.lang.SecurityException: Permission Denial: starting Intent\n\tat android.os.Parcel\n',
    expect: { commandOk: false },
  },
  {
    promise: 'the failure code ends at the colon',
    command: 'pm install -r PATH',
    output:
      '\tpkg: /data/local/tmp/a.apk\nFailure [INSTALL_FAILED_UPDATE_INCOMPATIBLE: Package a signatures do not match]\n',
    expect: { commandOk: false, failureCode: 'INSTALL_FAILED_UPDATE_INCOMPATIBLE' },
  },
  {
    promise: "a host's words around the failure change nothing",
    command: 'adb install a.apk',
    output:
      'Performing Streamed Install\nadb: failed to install a.apk: Failure [INSTALL_FAILED_NO_MATCHING_ABIS: res=-113]\n',
    expect: { commandOk: false, failureCode: 'INSTALL_FAILED_NO_MATCHING_ABIS' },
  },
  {
    promise: 'silence is neither success nor failure',
    command: 'am force-stop PKG',
    output: '',
    expect: { commandOk: undefined },
  },
];

const link: Case[] = [
  {
    promise: 'the carrier of a pulled cable is false, not unknown',
    command: 'cat /sys/class/net/eth0/carrier /sys/class/net/eth0/operstate',
    output: '0\ndown\n',
    expect: { ethernetCarrier: false, ethernetOperState: 'down' },
  },
  {
    promise: 'a failed read leaves the other file its own line',
    command: 'cat /sys/class/net/eth1/carrier /sys/class/net/eth1/operstate',
    output: 'cat: /sys/class/net/eth1/carrier: Invalid argument\ndown\n',
    expect: { ethernetCarrier: undefined, ethernetOperState: 'down' },
  },
  {
    promise: 'flaps are not a carrier',
    command: 'cat /sys/class/net/eth0/carrier_changes',
    output: '1\n',
    expect: { ethernetCarrier: undefined },
  },
];

describe('readOutput', () => {
  it('reads every field of the recorded fixtures', () => {
    expect(scoreFixtures(fixtures)).toEqual({ right: 97, unknown: 0, wrong: 0, misses: [] });
  });

  for (const { promise, command, output, expect: expected } of [
    ...power,
    ...audio,
    ...media,
    ...foreground,
    ...inputs,
    ...system,
    ...answers,
    ...link,
  ])
    it(promise, () => {
      expect({ ...undefinedLike(expected), ...readOutput(command, output) }).toMatchObject(expected);
    });

  it('does not care for CRLF, leading blanks or a missing final newline', () => {
    for (const { command, output, ...fixture } of fixtures) {
      const plain = readOutput(command, output);
      expect(readOutput(command, output.replaceAll('\n', '\r\n')), fixture.id).toEqual(plain);
      expect(readOutput(command, output.trimEnd()), fixture.id).toEqual(plain);
      expect(readOutput(command, output.replace(/^/gm, '  ')), fixture.id).toEqual(plain);
    }
  });

  it('never throws, whatever is printed', () => {
    const words = fixtures.flatMap(({ output }) => output.split(/(?<=\W)/)).slice(0, 4000);
    fc.assert(
      fc.property(
        fc.constantFrom(...fixtures.map(({ command }) => command)),
        fc.oneof(
          fc.string(),
          fc.array(fc.constantFrom(...words)).map((parts) => parts.join('')),
        ),
        (command, output) => void readOutput(command, output),
      ),
    );
  });
});

const undefinedLike = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.keys(fields).map((field) => [field, undefined]));
