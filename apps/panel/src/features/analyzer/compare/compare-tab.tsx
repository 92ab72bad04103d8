import { Button } from '@mantine/core';
import type { RuleSet } from '@vakhta/blackjack';
import { useState } from 'react';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import page from '../analyzer.module.css';
import { analyzer, useAnalyzer } from '../analyzer-state.ts';
import { cardName, UPCARDS } from '../card-names.ts';
import { edgeText } from '../ev-text.ts';
import { JobView } from '../job-view.tsx';
import type { GameAnswer } from '../jobs/job-shapes.ts';
import { useJob } from '../jobs/use-job.ts';
import { Later } from '../later.tsx';
import { useReadRules } from '../rules/read-rules.ts';
import { RuleForm } from '../rules/rule-form.tsx';
import { RuleLibrary } from '../rules/rule-library.tsx';
import { rulesLine } from '../rules-line.ts';
import { StrategySelect } from '../strategy/strategy-select.tsx';
import { WidePart } from '../wide-part.tsx';
import { DifferenceCharts } from './difference-charts.tsx';
import { RuleDifferences } from './rule-differences.tsx';

/** This game and another side by side. */
export function CompareTab({ rules }: { rules: RuleSet }) {
  const { t } = useAnalyzerWords();
  const { strategy, rules: written, other } = useAnalyzer();
  const { rules: second, problems } = useReadRules(other);
  const [editing, setEditing] = useState(false);
  const open = (next: typeof other) => analyzer.change({ other: next });
  return (
    <div className={page.stack}>
      <div className={page.bar}>
        <StrategySelect />
        <Button variant="default" h={38} onClick={() => open(written)}>
          {t('compare.copy')}
        </Button>
        <Button variant="default" h={38} onClick={() => analyzer.change({ rules: other, other: written })}>
          {t('compare.swap')}
        </Button>
        <Button
          variant={editing ? 'light' : 'filled'}
          h={38}
          aria-expanded={editing}
          onClick={() => setEditing(!editing)}
        >
          {t('compare.editOther')}
        </Button>
      </div>
      {editing && (
        <>
          <PanelSection title={t('compare.editOther')}>
            <RuleLibrary written={other} onOpen={open} />
          </PanelSection>
          <RuleForm written={other} problems={problems} onChange={open} />
        </>
      )}
      {second ? (
        <BothGames first={rules} second={second} strategy={strategy} />
      ) : (
        <p className={page.hint}>{t('state.badRules')}</p>
      )}
    </div>
  );
}

interface BothGamesProps {
  first: RuleSet;
  second: RuleSet;
  strategy: GameAnswer['strategy'];
}

function BothGames({ first, second, strategy }: BothGamesProps) {
  const a = useJob({ kind: 'game', rules: first, strategy });
  const b = useJob({ kind: 'game', rules: second, strategy });
  return (
    <JobView job={a}>
      {(here) => (
        <JobView job={b}>
          {(there) => (
            <>
              <Sums first={here} second={there} lines={[rulesLine(first), rulesLine(second)]} />
              <RuleDifferences first={first} second={second} />
              <Later value={there}>{(ready) => <DifferenceCharts first={here} second={ready} />}</Later>
            </>
          )}
        </JobView>
      )}
    </JobView>
  );
}

/** Less than is shown is no difference. */
function toneOf(difference: number | null): string | undefined {
  if (difference === null || Math.abs(difference) < 5e-7) return undefined;
  return difference < 0 ? page.bad : page.good;
}

function Sums({
  first,
  second,
  lines,
}: {
  first: GameAnswer;
  second: GameAnswer;
  lines: readonly [string, string];
}) {
  const { t, language } = useAnalyzerWords();
  const row = (label: string, a: number | null, b: number | null) => {
    const difference = a === null || b === null ? null : b - a;
    return (
      <tr key={label}>
        <th scope="row">{label}</th>
        <td>{a === null ? '—' : edgeText(a, language)}</td>
        <td>{b === null ? '—' : edgeText(b, language)}</td>
        <td className={toneOf(difference)}>{difference === null ? '—' : edgeText(difference, language)}</td>
      </tr>
    );
  };
  return (
    <PanelSection title={t('compare.title')}>
      <p className={page.hint}>
        {t('compare.first')}: {lines[0]}
        <br />
        {t('compare.second')}: {lines[1]}
      </p>
      <WidePart label={t('compare.title')}>
        <table className={page.table} data-testid="compare-sums">
          <thead>
            <tr>
              <th scope="col">{t('ev')}</th>
              <th scope="col">{t('compare.first')}</th>
              <th scope="col">{t('compare.second')}</th>
              <th scope="col">{t('compare.difference')}</th>
            </tr>
          </thead>
          <tbody>
            {row(t('results.game'), first.ev, second.ev)}
            {UPCARDS.map((up) =>
              row(t('against', { card: cardName(up) }), first.byUp[up - 1]!, second.byUp[up - 1]!),
            )}
          </tbody>
        </table>
      </WidePart>
    </PanelSection>
  );
}
