import type { DealerRow } from '@vakhta/blackjack';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import page from '../analyzer.module.css';
import { cardName, UPCARDS } from '../card-names.ts';
import { chanceText } from '../ev-text.ts';
import { WidePart } from '../wide-part.tsx';

/** Where the dealer ends, by upcard. */
export function DealerTable({ rows }: { rows: readonly (DealerRow | null)[] }) {
  const { t, language } = useAnalyzerWords();
  const totals = Object.keys(rows.find((row) => row !== null)?.totals ?? {}).map(Number);
  return (
    <WidePart label={t('results.dealer')}>
      <table className={page.table}>
        <thead>
          <tr>
            <th scope="col">{t('strategy.upcard')}</th>
            {totals.map((total) => (
              <th key={total} scope="col">
                {total}
              </th>
            ))}
            <th scope="col">{t('results.blackjack')}</th>
            <th scope="col">{t('results.bust')}</th>
          </tr>
        </thead>
        <tbody>
          {UPCARDS.map((up) => {
            const row = rows[up - 1];
            return (
              row && (
                <tr key={up}>
                  <th scope="row">{cardName(up)}</th>
                  {totals.map((total) => (
                    <td key={total}>{chanceText(row.totals[total] ?? 0, language)}</td>
                  ))}
                  <td>{chanceText(row.natural, language)}</td>
                  <td>{chanceText(row.bust, language)}</td>
                </tr>
              )
            );
          })}
        </tbody>
      </table>
    </WidePart>
  );
}
