import { useWords } from '../../words/words.ts';
import css from './field-table.module.css';
import type { Field } from './fields-of.ts';

/** What can be given or comes back, one line for each field. */
export function FieldTable({ title, fields }: { title: string; fields: readonly Field[] }) {
  const { t } = useWords();
  if (fields.length === 0) return null;
  return (
    <section>
      <h4 className={css.title}>{title}</h4>
      <dl className={css.table}>
        {fields.map(({ path, type, required, limits, preset, text }) => (
          <div key={path} className={css.row}>
            <dt className={css.name}>
              <code>{path}</code>
              {required && <span className={css.required}>{t('reference.required')}</span>}
            </dt>
            <dd className={css.about}>
              <span className={css.type}>
                {type}
                {limits && <span className={css.limits}>{limits}</span>}
                {preset !== undefined && (
                  <span className={css.limits}>{t('reference.preset', { value: preset })}</span>
                )}
              </span>
              {text && <span className={css.text}>{text}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
