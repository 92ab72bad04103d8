import type { adbdProfiles } from '../adbd/index.ts';

export interface SimulatedInput {
  /** As the TV prints it. The HWn in it is the vendor's numbering. */
  id: string;
  hardwareId: number;
  /** A tuner has none. */
  hdmiPort?: number;
  /** Whether something is plugged in and awake at the start. */
  state: 0 | 1 | 2;
}

interface AudioOutput {
  /** AudioSystem.DEVICE_OUT_* in hexadecimal. */
  code: string;
  name: string;
}

/** One make and generation of TV: what it is called, what it has, and in which of Android's formats it prints. */
export interface TvProfile {
  id: string;
  manufacturer: string;
  model: string;
  product: string;
  device: string;
  release: string;
  sdk: number;
  adbd: keyof typeof adbdProfiles;
  home: string;
  /** The app that shows inputs; absent on a box. */
  tvApp?: string;
  inputs: readonly SimulatedInput[];
  /** Whether `dumpsys tv_input` lists hardware connections; without them only sessions tell. */
  listsHardware: boolean;
  /** Preinstalled and third-party apps: package → start activity. */
  apps: Readonly<Record<string, string>>;
  audio: { outputs: readonly AudioOutput[]; inUse: string; max: number; start: number };
  memTotalKb: number;
  storageTotalKb: number;
  cecType: 0 | 4;
}

const metroApps = {
  'ru.metro.player': 'ru.metro.player.MainActivity',
  'org.videolan.vlc': 'org.videolan.vlc.StartActivity',
  'com.google.android.youtube.tv': 'com.google.android.apps.youtube.tv.activity.ShellActivity',
} as const;

const speaker: AudioOutput = { code: '2', name: 'speaker' };
const hdmi: AudioOutput = { code: '400', name: 'hdmi' };
/** Misspelt in AOSP itself up to Android 9. */
const hmdiArc: AudioOutput = { code: '40000', name: 'hmdi_arc' };

/** HDMI inputs of a TV: ports count from 1, hardware numbers from the vendor's own first. */
const hdmiInputs = (service: string, first: number, count: number): SimulatedInput[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `${service}/HW${first + index}`,
    hardwareId: first + index,
    hdmiPort: index + 1,
    state: index < 2 ? 0 : index === 2 ? 1 : 2,
  }));

export const tvProfiles = {
  'philips-8': {
    id: 'philips-8',
    manufacturer: 'TPV',
    model: 'Philips 55BDL3050Q',
    product: 'PH6M_EU_5596',
    device: 'PH6M_EU_5596',
    release: '8.0.0',
    sdk: 26,
    adbd: 'android7',
    home: 'org.droidtv.nettv.homelauncher/.MainActivity',
    tvApp: 'org.droidtv.playtv/.PlayTvActivity',
    inputs: [
      { id: 'com.mediatek.tvinput/.tuner.TunerInputService/HW0', hardwareId: 0, state: 0 },
      ...hdmiInputs('com.mediatek.tvinput/.hdmi.HDMIInputService', 5, 3),
    ],
    listsHardware: true,
    apps: metroApps,
    audio: { outputs: [speaker, hmdiArc], inUse: 'speaker', max: 60, start: 20 },
    memTotalKb: 1979400,
    storageTotalKb: 5069616,
    cecType: 0,
  },
  'sony-9': {
    id: 'sony-9',
    manufacturer: 'Sony',
    model: 'BRAVIA 4K VH2',
    product: 'BRAVIA_VH2_M_EU',
    device: 'BRAVIA_VH2_M',
    release: '9',
    sdk: 28,
    adbd: 'modern',
    home: 'com.google.android.tvlauncher/.MainActivity',
    tvApp: 'com.sony.dtv.tvx/.MainActivity',
    inputs: [
      ...hdmiInputs('com.sony.dtv.tvinput.external/.ExternalTvInputService', 2, 4),
      { id: 'com.sony.dtv.tvinput.tuner/.TvTunerInputService/HW0', hardwareId: 0, state: 0 },
    ],
    listsHardware: true,
    apps: metroApps,
    audio: { outputs: [speaker, hmdiArc], inUse: 'speaker', max: 100, start: 35 },
    memTotalKb: 2941504,
    storageTotalKb: 10485760,
    cecType: 0,
  },
  'tcl-11': {
    id: 'tcl-11',
    manufacturer: 'TCL',
    model: 'Smart TV Pro',
    product: 'R51M',
    device: 'R51M',
    release: '11',
    sdk: 30,
    adbd: 'modern',
    home: 'com.google.android.apps.tv.launcherx/.home.HomeActivity',
    tvApp: 'com.tcl.tv/.TVActivity',
    inputs: [
      ...hdmiInputs('com.tcl.tvinput/.TvPassThroughService', 15, 4),
      { id: 'com.tcl.tvinput/.TunerInputService/HW2', hardwareId: 2, state: 0 },
    ],
    listsHardware: true,
    apps: metroApps,
    audio: { outputs: [speaker, { code: '40000', name: 'hdmi_arc' }], inUse: 'speaker', max: 100, start: 95 },
    memTotalKb: 2039808,
    storageTotalKb: 9234432,
    cecType: 0,
  },
  'rockchip-12': {
    id: 'rockchip-12',
    manufacturer: 'rockchip',
    model: 'rk3566_box',
    product: 'rk3566_box',
    device: 'rk3566_box',
    release: '12',
    sdk: 31,
    adbd: 'modern',
    home: 'com.android.tv.launcher/.MainActivity',
    inputs: [],
    listsHardware: false,
    apps: metroApps,
    audio: { outputs: [speaker, hdmi], inUse: 'hdmi', max: 15, start: 11 },
    memTotalKb: 1979400,
    storageTotalKb: 3879731,
    cecType: 4,
  },
  'xiaomi-14': {
    id: 'xiaomi-14',
    manufacturer: 'Xiaomi',
    model: 'MiTV-AFMU0',
    product: 'aspen',
    device: 'aspen',
    release: '14',
    sdk: 34,
    adbd: 'modern',
    home: 'com.google.android.apps.tv.launcherx/.home.HomeActivity',
    tvApp: 'com.xiaomi.mitv.tvplayer/.TvPlayerActivity',
    inputs: [
      ...hdmiInputs('com.xiaomi.mitv.tvinput/.passthrough.PassthroughInputService', 2, 3),
      { id: 'com.xiaomi.mitv.tvinput/.tuner.TunerInputService/HW1', hardwareId: 1, state: 0 },
    ],
    listsHardware: true,
    apps: metroApps,
    audio: { outputs: [speaker, hdmi], inUse: 'speaker', max: 30, start: 12 },
    memTotalKb: 3014656,
    storageTotalKb: 24117248,
    cecType: 0,
  },
  'fire-5': {
    id: 'fire-5',
    manufacturer: 'Amazon',
    model: 'AFTT',
    product: 'tank',
    device: 'tank',
    release: '5.1.1',
    sdk: 22,
    adbd: 'legacy',
    home: 'com.amazon.tv.launcher/.ui.HomeActivity_vNext',
    inputs: [],
    listsHardware: false,
    apps: metroApps,
    audio: { outputs: [speaker, hdmi], inUse: 'hdmi', max: 15, start: 9 },
    memTotalKb: 903628,
    storageTotalKb: 5671936,
    cecType: 4,
  },
} as const satisfies Record<string, TvProfile>;

export type TvProfileId = keyof typeof tvProfiles;

export const isTvProfileId = (id: string): id is TvProfileId => Object.hasOwn(tvProfiles, id);
