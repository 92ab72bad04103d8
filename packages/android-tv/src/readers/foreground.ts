import { type ComponentName, parseComponent } from './component-name.ts';
import { firstMatch, type Reader, type Reading } from './reading.ts';

/** Tolerates what versions and vendors leave out or add: the hash, the user, a brace too many. */
const activityRecord = /ActivityRecord\{(?:[0-9a-f]+\s+)?(?:u\d+\s+)?([^\s}]+\/[^\s}]+)/i;
const windowTitle = /Window\{(?:[0-9a-f]+\s+)?(?:u\d+\s+)?([^\s}]+\/[^\s}]+)/i;

/** The resumed activity's line, in its spellings over the versions, the surest first. */
const resumed = [
  /^\s*(?:t|mT)opResumedActivity\s*[=:](.*)$/,
  /^\s*ResumedActivity\s*[=:](.*)$/,
  /^\s*mResumedActivity\s*[=:](.*)$/,
] as const;

/**
 * What stands in front, from `dumpsys activity activities` and the many forms of `dumpsys window`: the resumed
 * activity, else the focused window, else the focused app, else the topmost window where a dump has no focus lines.
 * A dream, an input method or an overlay has no component, and leaves the answer to the next.
 */
export const readForeground: Reader = (lines) => {
  const front = resumedActivity(lines) ?? focused(lines) ?? topWindow(lines);
  return front
    ? ({ foregroundPackage: front.package, foregroundActivity: front.activity } satisfies Reading)
    : {};
};

function components(lines: readonly string[], line: RegExp, inside: RegExp): ComponentName[] {
  return lines.flatMap((text) => {
    const rest = line.exec(text)?.[1];
    const name = rest === undefined ? undefined : inside.exec(rest)?.[1];
    const component = name === undefined ? undefined : parseComponent(name);
    return component ? [component] : [];
  });
}

function resumedActivity(lines: readonly string[]): ComponentName | undefined {
  for (const spelling of resumed) {
    const found = components(lines, spelling, activityRecord)[0];
    if (found) return found;
  }
  return undefined;
}

/** With several displays each has its lines: the focused window that a focused app agrees with is in front. */
function focused(lines: readonly string[]): ComponentName | undefined {
  const windows = components(lines, /^\s*mCurrentFocus=(.*)$/, windowTitle);
  const apps = components(lines, /^\s*mFocusedApp=(.*)$/, activityRecord);
  const agreed = windows.find((window) =>
    apps.some((app) => app.package === window.package && app.activity === window.activity),
  );
  return agreed ?? windows[0] ?? apps[0];
}

/** Window types an activity has: names since Android 8, numbers before (1 base application, 2 application). */
const activityWindowTypes: readonly string[] = ['BASE_APPLICATION', 'APPLICATION', '1', '2'];

/** Android 10 to 14 lost the focus lines of `dumpsys window windows` in one vendor's build or another. */
function topWindow(lines: readonly string[]): ComponentName | undefined {
  if (lines.some((line) => /^\s*m(CurrentFocus|FocusedApp)=/.test(line))) return undefined;
  const start = lines.findIndex((line) => /^\s*Window #0\b/.test(line));
  if (start < 0) return undefined;
  const length = lines.slice(start + 1).findIndex((line) => /^\s*Window #\d/.test(line));
  const block = lines.slice(start, length < 0 ? undefined : start + 1 + length);
  const type = firstMatch(block, /\bmAttrs=.*\bty=(?:TYPE_)?(\w+)/);
  if (type !== undefined && !activityWindowTypes.includes(type)) return undefined;
  return components(block.slice(0, 1), /^\s*Window #0\s+(.*)$/, windowTitle)[0];
}
