import { parseComponent } from '../../readers/index.ts';
import type { SimulatedTv } from '../tv/simulated-tv.ts';
import type { SimulatedInput } from '../tv/tv-profile.ts';

const record = (component: string) => `ActivityRecord{5d0fb2b u0 ${component} t633}`;

/** The resumed activity's line was spelt anew twice. */
export function dumpActivities(tv: SimulatedTv): string {
  const { sdk } = tv.profile;
  const front = tv.wakefulness === 'Asleep' ? undefined : record(tv.front);
  const lines = [
    'ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)',
    'Display #0 (activities from top to bottom):',
  ];
  if (sdk >= 31) {
    lines.push(`  * Task{8e2f6b9 #633 type=standard}`, `      * Hist  #0: ${record(tv.front)}`);
    if (front) lines.push(`  topResumedActivity=${front}`, `  ResumedActivity: ${front}`);
  } else if (sdk >= 29) {
    lines.push(`    Task id #633`, `      * Hist #0: ${record(tv.front)}`);
    if (front) lines.push(`    mResumedActivity: ${front}`, '', `  ResumedActivity:${front}`);
  } else {
    lines.push('  Stack #1:', `      * Hist #0: ${record(tv.front)}`);
    if (front) lines.push(`    mResumedActivity: ${front}`, '', `  mFocusedActivity: ${front}`);
  }
  lines.push(`  mLastPausedActivity: ${record(tv.profile.home)}`, '');
  return lines.join('\n');
}

export function dumpWindows(tv: SimulatedTv): string {
  const front = parseComponent(tv.front);
  const title = front ? `${front.package}/${front.activity}` : 'null';
  const focus = tv.wakefulness === 'Dreaming' ? 'Sys2023:dream' : title;
  return `WINDOW MANAGER WINDOWS (dumpsys window windows)
  Window #0 Window{fbe061 u0 ${title}}:
    mDisplayId=0 mSession=Session{53fb434 20115:u0a10111} mClient=android.os.BinderProxy@ae937c8
    mAttrs={(0,0)(fillxfill) sim={adjust=pan} ty=BASE_APPLICATION fmt=TRANSLUCENT}
  mCurrentFocus=Window{fbe061 u0 ${focus}}
  mFocusedApp=${tv.profile.sdk >= 29 ? record(tv.front) : `AppWindowToken{c791eb8 token=Token{a6bad1b ${record(tv.front)}}}`}
`;
}

const encoded = (data: string) =>
  data.replace(/passthrough\/(.*)$/, (_, id: string) => `passthrough/${encodeURIComponent(id)}`);

/** The last start stays there after its activity was left. */
export function dumpStarter(tv: SimulatedTv): string {
  const { action, data, component } = tv.lastStart;
  const intent = (shown: string | undefined) =>
    `Intent { act=${action}${shown === undefined ? '' : ` dat=${shown}`} flg=0x10000000 cmp=${component} }`;
  return `ACTIVITY MANAGER ACTIVITIES (dumpsys activity starter)
ActivityStarter:
  mCurrentUser=0
  mLastStartReason=startActivityAsUser
  mLastStartActivityResult=0
  mLastStartActivityRecord:
   packageName=com.android.shell processName=com.android.shell
   ${intent(data === undefined ? undefined : encoded(data))}
   frontOfTask=true
  mIntent=${intent(data)}
`;
}

const isCurrent = (tv: SimulatedTv, input: SimulatedInput) => tv.isShowing() && tv.shownInput === input;

/** `dumpsys tv_input`: the inputs, the session on the one shown, and who holds which hardware. */
export function dumpTvInput(tv: SimulatedTv): string {
  if (tv.inputs.length === 0)
    return 'TvInputManagerService dump\nUser Ids (Current user: 0):\n  0\nUserState (0):\n  inputMap: inputId -> TvInputState\n  sessionStateMap: ITvInputSession -> SessionState\n';
  const info = (id: string) => `TvInputInfo{id=${id}, pkg=${id.split('/')[0]}, service=${id.split('/')[1]}}`;
  const map = tv.inputs.map(({ id, state }) => `    ${id}: info: ${info(id)}; state: ${state}\n`).join('');
  const shown = tv.inputs.find((input) => isCurrent(tv, input));
  const session = shown
    ? `    android.os.BinderProxy@5b1ca9c: \n      inputId: ${shown.id}\n      client: android.media.tv.ITvInputClient$Stub$Proxy@9d7a\n      seq: 4\n      callingUid: 1000\n      userId: 0\n      logUri: null\n`
    : '';
  const connections = tv.inputs
    .map((input) => {
      const held = isCurrent(tv, input);
      const port = input.hdmiPort === undefined ? '' : `, hdmi_port=${input.hdmiPort}`;
      const type = input.hdmiPort === undefined ? 2 : 9;
      return `    ${input.hardwareId}: Connection{ mHardwareInfo: TvInputHardwareInfo {id=${input.hardwareId}, type=${type}, audio_type=1, audio_addr=${port}, cable_connection_status=${input.state === 2 ? 2 : 1}}, mInfo: ${info(input.id)}, mCallback: ${held ? 'android.media.tv.ITvInputHardwareCallback$Stub$Proxy@1f2e' : 'null'}, mConfigs: [], mCallingUid: ${held ? 1000 : 'null'}, mResolvedUserId: ${held ? 0 : 'null'} }\n`;
    })
    .join('');
  return `TvInputManagerService dump
User Ids (Current user: 0):
  0
UserState (0):
  inputMap: inputId -> TvInputState
${map}  packageSet:
    ${tv.inputs[0]?.id.split('/')[0]}
  sessionStateMap: ITvInputSession -> SessionState
${session}${tv.profile.listsHardware ? `TvInputHardwareManager Info:\n  mConnections: deviceId -> Connection\n${connections}` : ''}`;
}

/** `dumpsys hdmi_control`: the message was spelt as a frame from 12 on. */
export function dumpHdmiControl(tv: SimulatedTv): string {
  const { cecType, sdk } = tv.profile;
  const port = tv.shownInput?.hdmiPort;
  const frame = sdk >= 31 ? `4F:82:${port}0:00` : `src: 4, dst: 15, params: ${port}0 00`;
  const history =
    cecType === 0 && port !== undefined
      ? `  CEC message history:\n    [R] time=2026-01-12 10:10:10 message=<Active Source> ${frame}\n`
      : '';
  return `mHdmiControlEnabled: true
mProhibitMode: false
mCecController:
${history}  HdmiCecLocalDevice #0:
    mDeviceType: ${cecType}
    mAddress: ${cecType}
    mActiveRoutingPath: 0x${cecType === 0 && port !== undefined ? port : 0}000
${cecType === 4 ? '    mIsActiveSource: true\n' : ''}mPortInfo:
  - port_id: 1, address: 0x1000, cec: true, arc: true, mhl: false
mPowerStatus: 0
`;
}
