import { Button } from '@mantine/core';
import { IconDeviceFloppy, IconDownload, IconUpload } from '@tabler/icons-react';
import { type PresetName, presets, type RuleSetInput } from '@vakhta/blackjack';
import { useRef, useState } from 'react';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import { saveFile } from '../save-file.ts';
import fields from './fields.module.css';
import css from './rules.module.css';
import { keepRules, rulesInFile, savedRules } from './saved-rules.ts';
import { SelectField } from './select-field.tsx';

const presetNames = Object.keys(presets) as PresetName[];

interface RuleLibraryProps {
  written: RuleSetInput;
  onOpen(written: RuleSetInput): void;
}

/** Where rules come from and go to: known games, games saved on this device, files. */
export function RuleLibrary({ written, onOpen }: RuleLibraryProps) {
  const { t } = useAnalyzerWords();
  const [saved, setSaved] = useState(savedRules);
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const current = presetNames.find((preset) => JSON.stringify(presets[preset]) === JSON.stringify(written));
  const keep = (next: ReadonlyMap<string, RuleSetInput>) => {
    keepRules(next);
    setSaved(next);
  };
  const read = async (file: File | undefined) => {
    if (!file) return;
    const read = rulesInFile(await file.text());
    setProblem('problem' in read ? read.problem : undefined);
    if ('rules' in read) onOpen(read.rules);
  };
  return (
    <>
      <div className={css.start}>
        <SelectField
          label={t('rules.preset')}
          value={current ?? ''}
          options={[
            { value: '' as PresetName | '', label: t('rules.choosePreset') },
            ...presetNames.map((value) => ({ value, label: t(`rules.presets.${value}`) })),
          ]}
          onChange={(preset) => preset && onOpen(presets[preset])}
        />
        <form
          className={css.buttons}
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim()) keep(new Map(saved).set(name.trim(), written));
            setName('');
          }}
        >
          <label className={fields.field}>
            <span>{t('rules.saveAs')}</span>
            <input value={name} maxLength={80} onChange={(event) => setName(event.currentTarget.value)} />
          </label>
          <Button
            type="submit"
            variant="default"
            h={38}
            leftSection={<IconDeviceFloppy size={16} />}
            disabled={!name.trim()}
          >
            {t('rules.save')}
          </Button>
        </form>
        <div className={css.buttons}>
          <Button
            variant="default"
            h={38}
            leftSection={<IconUpload size={16} />}
            onClick={() => input.current?.click()}
          >
            {t('rules.import')}
          </Button>
          <Button
            variant="default"
            h={38}
            leftSection={<IconDownload size={16} />}
            onClick={() =>
              saveFile('blackjack-rules.json', 'application/json', JSON.stringify(written, null, 2))
            }
          >
            {t('rules.export')}
          </Button>
          <input
            ref={input}
            type="file"
            accept=".json,application/json"
            hidden
            onChange={(event) => {
              void read(event.currentTarget.files?.[0]);
              event.currentTarget.value = '';
            }}
          />
        </div>
      </div>
      {problem && (
        <p className={css.problem} role="alert">
          {t('rules.notRules', { message: problem })}
        </p>
      )}
      {saved.size > 0 && (
        <ul className={css.saved} aria-label={t('rules.saved')}>
          {[...saved].map(([title, rules]) => (
            <li key={title}>
              <span>{title}</span>
              <Button size="compact-sm" variant="light" onClick={() => onOpen(rules)}>
                {t('rules.load')}
              </Button>
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                onClick={() => keep(new Map([...saved].filter(([other]) => other !== title)))}
              >
                {t('rules.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
