import type { RuleSetInput } from '@vakhta/blackjack';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import css from './rules.module.css';

type Table = NonNullable<RuleSetInput['doubleTable']>;
const columns = ['hard2', 'hardMore', 'soft2', 'softMore'] as const;
/** The lowest total that such a hand can have. */
const lowest = { hard2: 4, hardMore: 6, soft2: 12, softMore: 13 } as const;
const totals = Array.from({ length: 18 }, (_, i) => 21 - i);

interface DoubleTableProps {
  table: Table;
  onChange(table: Table): void;
}

/** Which totals may be doubled, by kind of hand. The head of a column turns the whole column. */
export function DoubleTable({ table, onChange }: DoubleTableProps) {
  const { t } = useAnalyzerWords();
  const possible = (column: (typeof columns)[number]) => totals.filter((total) => total >= lowest[column]);
  return (
    <table className={css.table}>
      <caption>{t('rules.label.doubleTable')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('rules.total')}</th>
          {columns.map((column) => (
            <th key={column} scope="col">
              <button
                type="button"
                onClick={() =>
                  onChange({ ...table, [column]: table[column].length > 0 ? [] : possible(column) })
                }
              >
                {t(`rules.option.doubleTable.${column}`)}
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {totals.map((total) => (
          <tr key={total}>
            <th scope="row">{total}</th>
            {columns.map((column) => (
              <td key={column}>
                {total >= lowest[column] && (
                  <input
                    type="checkbox"
                    aria-label={`${t(`rules.option.doubleTable.${column}`)}: ${total}`}
                    checked={table[column].includes(total)}
                    onChange={(event) =>
                      onChange({
                        ...table,
                        [column]: event.currentTarget.checked
                          ? [...table[column], total].sort((a, b) => a - b)
                          : table[column].filter((other) => other !== total),
                      })
                    }
                  />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
