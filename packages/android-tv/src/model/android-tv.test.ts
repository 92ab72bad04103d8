import { describe, expect, it } from 'vitest';
import { project } from '../driver/projection.ts';
import { remoteKey, remoteKeys } from '../keys/remote-keys.ts';
import { androidTv } from './android-tv.ts';

describe('the model of an Android TV', () => {
  it('has every property reported by something: the readings, or the agent itself', () => {
    const read = project({ reading: {}, hardware: [], apps: undefined, sourceAsked: undefined });
    expect([...Object.keys(read), 'connection', 'mains', 'cable'].sort()).toEqual(
      Object.keys(androidTv.properties).sort(),
    );
  });

  it('says unknown of everything as long as nothing was read', () => {
    const read = project({ reading: {}, hardware: [], apps: undefined, sourceAsked: undefined });
    expect(new Set(Object.values(read))).toEqual(new Set([null]));
  });

  it('speaks two languages: no Russian text is English left standing', () => {
    const same: string[] = [];
    walk(androidTv, (en, ru) => {
      if (en === ru) same.push(en);
      expect(en, `'${en}' must be English`).not.toMatch(/[а-яё]/i);
    });
    // Names of connectors, letters and products are the same everywhere.
    expect(same.filter((text) => !/^(HDMI \d|[A-Z0-9*#]|VGA|Android|Tasmota|JSON: .*|)$/.test(text))).toEqual(
      [],
    );
  });

  it('tells what will happen before anything physical is done', () => {
    for (const [name, action] of Object.entries(androidTv.actions)) {
      if (!action.physical) continue;
      expect(action.confirm, name).toBe('ask');
      expect(action.consequence, name).toBeDefined();
    }
  });

  it('offers only keys that exist, on its pads and in its action', () => {
    const offered = androidTv.actions.pressKey?.input?.properties?.key?.choices?.map(
      (choice) => choice.const,
    );
    expect(offered).toEqual(remoteKeys.map(({ name }) => name));
    for (const button of androidTv.layout.pads.flatMap(({ buttons }) => buttons))
      if (button?.action === 'pressKey')
        expect(remoteKey(String(button.input.key)), String(button.input.key)).toBeDefined();
  });

  it('gives each keyboard key to one button', () => {
    const keys = androidTv.layout.pads.flatMap(({ buttons }) =>
      buttons.flatMap((button) => button?.key ?? []),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('the keys', () => {
  it('have one code and one name each', () => {
    expect(new Set(remoteKeys.map(({ code }) => code)).size).toBe(remoteKeys.length);
    expect(new Set(remoteKeys.map(({ name }) => name)).size).toBe(remoteKeys.length);
  });

  it.each([
    ['POWER', 26],
    ['SLEEP', 223],
    ['WAKEUP', 224],
    ['VOLUME_MUTE', 164],
    ['MUTE', 91],
    ['TV_INPUT_HDMI_4', 246],
    ['0', 7],
    ['9', 16],
    ['A', 29],
    ['Z', 54],
    ['PROFILE_SWITCH', 288],
  ])('%s is Android key %i', (name, code) => {
    expect(remoteKey(name)?.code).toBe(code);
    expect(remoteKey(`KEYCODE_${name}`)?.code).toBe(code);
  });
});

/** Every pair of texts in the model. */
function walk(value: unknown, visit: (en: string, ru: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  const { en, ru } = value as { en?: unknown; ru?: unknown };
  if (typeof en === 'string' && typeof ru === 'string') visit(en, ru);
  for (const member of Object.values(value)) walk(member, visit);
}
