import type { DeskSetting } from '@vakhta/api';
import { useWords } from '../../words/words.ts';
import css from './settings-page.module.css';

/** What is in effect and who set it. */
export function SettingRows({ settings }: { settings: readonly DeskSetting[] }) {
  const { t, say } = useWords();
  if (settings.length === 0) return null;
  return (
    <ul className={css.rows}>
      {settings.map(({ name, field, value, source }) => (
        <li key={name}>
          <span className={css.label}>{field.title ? say(field.title) : name}</span>
          <span className={css.value}>
            {value === null && t('settings.notSet')}
            {typeof value === 'boolean' && t(value ? 'value.yes' : 'value.no')}
            {typeof value !== 'boolean' && value}
          </span>
          <small>
            {t(`settings.source.${source}`)}
            {source === 'environment' && <code>{name}</code>}
          </small>
        </li>
      ))}
    </ul>
  );
}
