import type { SettingName } from '../config.ts';
import { fieldOf, isSecret, settingGroups } from './setting-groups.ts';

/** The page of all settings in Markdown, in English, made from what declares them. */
export function settingsDocument(): string {
  const parts = settingGroups.map(({ title, help, applies, names }) =>
    [
      `## ${title.en}`,
      `${help.en}. ${applies === 'live' ? 'In the panel or by the environment; applies at once.' : 'By the environment only; needs a restart.'}`,
      ['| setting | what it does | unless set |', '| --- | --- | --- |', ...names.map(rowOf)].join('\n'),
    ].join('\n\n'),
  );
  return `${[
    '# Settings of the server',
    'Each can be given by an environment variable of this name. Those that apply at once can be changed in the panel too, ' +
      'under *Settings*, by owners of the organisation that the desk was set up with. What the environment says wins and is ' +
      'shown as fixed. This page is made from the declarations.',
    ...parts,
  ].join('\n\n')}\n`;
}

function rowOf(name: SettingName): string {
  const { description, default: unset, minimum, maximum, choices } = fieldOf(name);
  const limits = [
    choices?.map((choice) => `\`${choice.const}\``).join(', '),
    minimum !== undefined && maximum !== undefined && `${minimum} to ${maximum}`,
    isSecret(name) && 'secret',
  ].filter(Boolean);
  const what = `${description?.en ?? ''}${limits.length > 0 ? ` (${limits.join('; ')})` : ''}`;
  return `| \`${name}\` | ${what.replaceAll('|', '\\|')} | ${unset === undefined ? '' : `\`${typeof unset === 'boolean' ? Number(unset) : String(unset)}\``} |`;
}
