import { type Json, seconds } from '@vakhta/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import { TvBench, until } from '../../test/tv-bench.ts';
import { actionHandlers } from '../actions/index.ts';
import { androidTv } from '../model/android-tv.ts';
import { pngSize } from '../picture/encode-png.ts';
import { type FleetOptions, pressKey, type TvProfileId, tvProfiles } from '../simulator/index.ts';

let bench: TvBench | undefined;
const open = async (options: Partial<FleetOptions> = {}): Promise<TvBench> => {
  bench = await TvBench.open(options);
  return bench;
};
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

const makes = Object.keys(tvProfiles) as TvProfileId[];

describe.each(makes)('a %s', (make) => {
  const profile = tvProfiles[make];

  it('is read whole in its own formats', async () => {
    const tv = await open({ profiles: [make] });
    await tv.ready();
    const machine = tv.simulated.tv;
    expect(Object.fromEntries(tv.properties)).toMatchObject({
      connection: 'connected',
      power: 'awake',
      screenOn: true,
      mains: 'on',
      cable: 'link',
      volume: profile.audio.start,
      volumeMax: profile.audio.max,
      muted: false,
      audioDevice: profile.audio.inUse,
      source: profile.inputs.length > 0 ? 'HDMI1' : null,
      manufacturer: profile.manufacturer,
      model: profile.model,
      serial: machine.serial,
      androidRelease: profile.release,
      macAddress: machine.mac,
      memoryTotal: profile.memTotalKb * 1024,
      storageTotal: profile.storageTotalKb * 1024,
      foregroundApp: machine.front.split('/')[0],
      playback: profile.inputs.length > 0 ? null : 'playing',
    });
  });

  it('carries out every action of the model, and its journal says so', async () => {
    const tv = await open({ profiles: [make] });
    await tv.ready();
    for (const [action, input, did] of actionsInOrder(make)) {
      const outcome = await tv.act(action, input);
      expect({ action, ...outcome, picture: undefined }).toMatchObject({ action, state: 'succeeded' });
      if (did) expect(tv.done(did.what), action).toContainEqual(did.detail);
    }
    expect(new Set(actionsInOrder(make).map(([action]) => action))).toEqual(
      new Set(Object.keys(actionHandlers)),
    );
  });
});

type Step = [action: string, input: Record<string, Json>, did?: { what: string; detail: Json }];
const key = (code: number, name: string) => ({ what: 'keyevent', detail: { code, key: name } });

/** Every action once, in an order in which each finds the TV able to show its effect. */
function actionsInOrder(make: TvProfileId): Step[] {
  const { sdk, inputs } = tvProfiles[make];
  const dispatched = (name: string, code: number, keyName: string) =>
    sdk >= 30 ? { what: 'dispatch', detail: { key: name } } : key(code, keyName);
  return [
    ['launchApp', { app: 'ru.metro.player' }, { what: 'start', detail: { app: 'ru.metro.player' } }],
    ['pause', {}, dispatched('pause', 127, 'MEDIA_PAUSE')],
    ['play', {}, dispatched('play', 126, 'MEDIA_PLAY')],
    ['playPause', {}, dispatched('play-pause', 85, 'MEDIA_PLAY_PAUSE')],
    ['next', {}, dispatched('next', 87, 'MEDIA_NEXT')],
    ['previous', {}, dispatched('previous', 88, 'MEDIA_PREVIOUS')],
    ['stopPlayback', {}, dispatched('stop', 86, 'MEDIA_STOP')],
    ['stopApp', { app: 'ru.metro.player' }, { what: 'stop', detail: { app: 'ru.metro.player' } }],
    ['setVolume', { volume: 7 }, sdk >= 24 ? { what: 'volume', detail: { set: 7 } } : key(25, 'VOLUME_DOWN')],
    ['volumeUp', {}, key(24, 'VOLUME_UP')],
    ['volumeDown', {}, key(25, 'VOLUME_DOWN')],
    ['setMuted', { muted: true }, key(164, 'VOLUME_MUTE')],
    ['setMuted', { muted: false }],
    [
      'setSource',
      { source: 'HDMI2' },
      inputs.length > 0
        ? {
            what: 'start',
            detail: { input: inputs.find((input) => 'hdmiPort' in input && input.hdmiPort === 2)!.id },
          }
        : key(244, 'TV_INPUT_HDMI_2'),
    ],
    ['pressKey', { key: 'DPAD_UP' }, key(19, 'DPAD_UP')],
    ['screenshot', {}],
    ['powerOff', {}, key(223, 'SLEEP')],
    ['powerOn', {}, key(224, 'WAKEUP')],
    ['mainsOff', {}, { what: 'mains', detail: { on: false } }],
    ['mainsOn', {}, { what: 'mains', detail: { on: true } }],
    ['mainsCycle', {}, { what: 'mains', detail: { on: true } }],
    ['reboot', {}, { what: 'reboot', detail: {} }],
  ];
}

describe('asked and actual', () => {
  it('stand apart when somebody in the room changes the source', async () => {
    const tv = await open({ profiles: ['tcl-11'] });
    await tv.ready();
    expect(await tv.act('setSource', { source: 'hdmi 2' })).toMatchObject({
      state: 'succeeded',
      observed: true,
    });
    pressKey(tv.simulated.tv, 245);
    await tv.becomes('source', 'HDMI3');
    expect(tv.properties.get('sourceAsked')).toBe('HDMI2');
    expect(tv.events).toContainEqual({ name: 'sourceChanged', data: { from: 'HDMI2', to: 'HDMI3' } });
  });

  it('refuses an input the TV does not have, and names those it has', async () => {
    const tv = await open({ profiles: ['sony-9'] });
    await tv.ready();
    expect(await tv.act('setSource', { source: 'SCART' })).toMatchObject({
      state: 'failed',
      code: 'tv.no_such_source',
      evidence: { inputs: ['HDMI1', 'HDMI2', 'HDMI3', 'HDMI4', 'TV'] },
    });
  });

  it('refuses a volume beyond the range of this TV and leaves it alone', async () => {
    const tv = await open({ profiles: ['philips-8'] });
    await tv.ready();
    expect(await tv.act('setVolume', { volume: 61 })).toMatchObject({
      state: 'failed',
      code: 'tv.out_of_range',
    });
    expect(tv.done('volume')).toEqual([]);
  });
});

describe('the screen', () => {
  it('comes as a whole picture that says what it cannot show', async () => {
    const tv = await open({ profiles: ['xiaomi-14'] });
    await tv.ready();
    const outcome = await tv.act('screenshot');
    expect(outcome).toMatchObject({
      state: 'succeeded',
      evidence: { layer: 'ui-only', width: 960, height: 540 },
    });
    expect(outcome.state === 'succeeded' && outcome.picture && pngSize(outcome.picture.bytes)).toEqual({
      width: 960,
      height: 540,
    });
  });

  it('asks for a person at the TV, and goes on by itself once somebody accepted', async () => {
    const tv = await open({ profiles: ['sony-9'], policy: 'ask' });
    await tv.becomes('connection', 'awaitingAuthorisation');
    expect(tv.happened('authorisationNeeded')).toBe(true);
    expect(tv.simulated.acceptKeys()).toBe(true);
    await tv.becomes('connection', 'connected');
    await tv.ready();
  });
});

describe('three truths', () => {
  it('calls a pulled cable of a TV that was awake a fault, and the plugged one a link again', async () => {
    const tv = await open({ profiles: ['tcl-11'] });
    await tv.ready();
    tv.simulated.tv.setCable(false);
    await tv.becomes('cable', 'noLinkFault');
    await until('the event', () => tv.happened('cableLost'));
    await until(
      'the TV counts as gone',
      () => tv.online === false || tv.properties.get('connection') !== 'connected',
    );
    tv.simulated.tv.setCable(true);
    await tv.becomes('cable', 'link');
    await tv.becomes('connection', 'connected', seconds(25));
    expect(tv.happened('cableRestored')).toBe(true);
    expect(tv.properties.get('mains')).toBe('on');
  }, 45_000);

  it('expects no link of a TV in standby', async () => {
    const tv = await open({ profiles: ['philips-8'] });
    await tv.ready();
    await tv.act('powerOff');
    tv.simulated.tv.setCable(false);
    await tv.becomes('cable', 'noLinkExpected');
    expect(tv.happened('cableLost')).toBe(false);
  });

  it('knows nothing of the screen without mains, refuses what needs the TV, and brings it back', async () => {
    const tv = await open({ profiles: ['xiaomi-14'] });
    await tv.ready();
    expect(await tv.act('mainsOff')).toMatchObject({ state: 'succeeded', observed: true });
    expect(tv.properties.get('mains')).toBe('off');
    await tv.becomes('cable', 'noLinkExpected');
    await tv.becomes('power', null);
    expect(await tv.act('setVolume', { volume: 3 }, 1500)).toMatchObject({
      state: 'failed',
      code: 'tv.offline',
    });
    expect(await tv.act('mainsOn')).toMatchObject({ state: 'succeeded', observed: true });
    await tv.becomes('connection', 'connected');
    await tv.becomes('power', 'awake');
    await until('the restart is told', () => tv.happened('rebooted'));
  });
});

describe('the wire', () => {
  it('leaves a command unknown when silence follows it', async () => {
    const tv = await open({ profiles: ['tcl-11'] });
    await tv.ready();
    await tv.simulated.setFault('stall');
    expect(await tv.act('setVolume', { volume: 30 }, 1500)).toMatchObject({ state: 'unknown' });
    await tv.simulated.setFault('none');
  });

  it('comes back after a reset, and says what it reads then', async () => {
    const tv = await open({ profiles: ['sony-9'] });
    await tv.ready();
    tv.simulated.drop('reset');
    tv.simulated.tv.setVolume(12);
    await tv.becomes('volume', 12);
    await tv.becomes('connection', 'connected');
  });

  it('sees a louder and a quieter asked for at once, each from where the other left the volume', async () => {
    const tv = await open({ profiles: ['tcl-11'] });
    await tv.ready();
    const outcomes = await Promise.all([tv.act('volumeDown', {}), tv.act('volumeUp', {})]);
    const { start } = tvProfiles['tcl-11'].audio;
    expect(outcomes).toMatchObject([
      { state: 'succeeded', observed: true, evidence: { volume: start - 1 } },
      { state: 'succeeded', observed: true, evidence: { volume: start } },
    ]);
  });

  it('keeps keys of one TV in the order they were asked for', async () => {
    const tv = await open({ profiles: ['tcl-11'], delays: { input: 60 } });
    await tv.ready();
    const keys = ['DPAD_UP', 'DPAD_LEFT', 'DPAD_CENTER', 'BACK'];
    const outcomes = await Promise.all(keys.map((name) => tv.act('pressKey', { key: name })));
    expect(outcomes.every((outcome) => outcome.state === 'succeeded' && !outcome.observed)).toBe(true);
    expect(tv.done('keyevent').map((detail) => (detail as { key: string }).key)).toEqual(keys);
  });
});

it('has a handler for every action of the model, and nothing else', () => {
  expect(Object.keys(actionHandlers).sort()).toEqual(Object.keys(androidTv.actions).sort());
});
