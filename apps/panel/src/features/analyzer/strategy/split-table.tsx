import { Button } from '@mantine/core';
import type { RuleSet } from '@vakhta/blackjack';
import { useState } from 'react';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import page from '../analyzer.module.css';
import { cardName, RANKS, UPCARDS } from '../card-names.ts';
import { evText } from '../ev-text.ts';
import { JobView } from '../job-view.tsx';
import { useJob } from '../jobs/use-job.ts';
import { SelectField } from '../rules/select-field.tsx';

/** EV of splitting each pair when one, two or three splits are allowed. */
export function SplitTable({ rules }: { rules: RuleSet }) {
  const { t, language } = useAnalyzerWords();
  const [asked, setAsked] = useState(false);
  const [up, setUp] = useState('6');
  const job = useJob(asked ? { kind: 'splits', rules } : undefined);
  return (
    <PanelSection title={t('strategy.splits')} text={t('strategy.splitsText')}>
      {!asked && (
        <Button variant="default" onClick={() => setAsked(true)}>
          {t('do.calculate')}
        </Button>
      )}
      <JobView job={job}>
        {(limits) => (
          <>
            <div className={page.bar}>
              <SelectField
                label={t('strategy.upcard')}
                value={up}
                options={UPCARDS.map((card) => ({ value: String(card), label: cardName(card) }))}
                onChange={setUp}
              />
            </div>
            <table className={page.table}>
              <thead>
                <tr>
                  <th scope="col">{t('strategy.pair')}</th>
                  {[1, 2, 3].map((count) => (
                    <th key={count} scope="col">
                      {t('strategy.upTo', { count })}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {RANKS.map((rank) => (
                  <tr key={rank}>
                    <th scope="row">{cardName(rank).repeat(2)}</th>
                    {limits.map((table, limit) => {
                      const ev = table[rank - 1]?.[Number(up) - 1] ?? null;
                      // biome-ignore lint/suspicious/noArrayIndexKey: the place is the number of splits
                      return <td key={limit}>{ev === null ? '—' : evText(ev, language, 6)}</td>;
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )}
      </JobView>
    </PanelSection>
  );
}
