import { Button } from '@mantine/core';
import { IconPrinter, IconShare2 } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useAnalyzerWords } from '../../words/analyzer-words.ts';
import css from './analyzer.module.css';
import { analyzer, type Tab, tabs, useAnalyzer } from './analyzer-state.ts';
import { CompareTab } from './compare/compare-tab.tsx';
import { RealtimeTab } from './realtime/realtime-tab.tsx';
import { EffectsTab } from './results/effects-tab.tsx';
import { ResultsTab } from './results/results-tab.tsx';
import { useReadRules } from './rules/read-rules.ts';
import { RulesTab } from './rules/rules-tab.tsx';
import { rulesLine } from './rules-line.ts';
import { ShareDialog } from './share-dialog.tsx';
import { SideBetsTab } from './side-bets/side-bets-tab.tsx';
import { StrategyTab } from './strategy/strategy-tab.tsx';

const bodies = {
  results: ResultsTab,
  strategy: StrategyTab,
  compare: CompareTab,
  effects: EffectsTab,
  sideBets: SideBetsTab,
  realtime: RealtimeTab,
} as const;

interface AnalyzerProps {
  /** The head of the page it stands on: the game in one line, and the page's buttons. */
  head(text: string, buttons: ReactNode): ReactNode;
}

/** The whole Analyzer but the frame around it: the same in the panel and on a page of its own. */
export function Analyzer({ head }: AnalyzerProps) {
  const { t } = useAnalyzerWords();
  const { tab, rules: written } = useAnalyzer();
  const [sharing, setSharing] = useState(false);
  useEffect(() => analyzer.open(), []);
  const { rules } = useReadRules(written);
  const Body = tab === 'rules' ? undefined : bodies[tab];
  const buttons = (
    <>
      <Button variant="default" leftSection={<IconShare2 size={16} />} onClick={() => setSharing(true)}>
        {t('do.share')}
      </Button>
      <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => print()}>
        {t('do.print')}
      </Button>
    </>
  );
  return (
    <div className={css.page}>
      {head(rules ? rulesLine(rules) : t('lead'), <div className={css.actions}>{buttons}</div>)}
      <TabBar tab={tab} />
      <div role="tabpanel" id="analyzer-part" aria-labelledby={`analyzer-${tab}`}>
        {Body === undefined ? <RulesTab /> : rules ? <Body rules={rules} /> : <BadRules />}
      </div>
      <ShareDialog opened={sharing} onClose={() => setSharing(false)} />
    </div>
  );
}

/** Arrow keys walk along it, as in any tab list. */
function TabBar({ tab }: { tab: Tab }) {
  const { t } = useAnalyzerWords();
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    bar.current?.querySelector(`#analyzer-${tab}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [tab]);
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length]!;
    analyzer.change({ tab: next });
    event.currentTarget.querySelector<HTMLElement>(`#analyzer-${next}`)?.focus();
  };
  return (
    <div ref={bar} className={css.tabs} role="tablist" aria-label={t('tabs.label')} onKeyDown={walk}>
      {tabs.map((value) => (
        <button
          key={value}
          id={`analyzer-${value}`}
          type="button"
          role="tab"
          aria-selected={value === tab}
          aria-controls="analyzer-part"
          tabIndex={value === tab ? 0 : -1}
          onClick={() => analyzer.change({ tab: value })}
        >
          {t(`tabs.${value}`)}
        </button>
      ))}
    </div>
  );
}

function BadRules() {
  const { t } = useAnalyzerWords();
  return (
    <div className={css.wait} role="alert">
      <span>{t('state.badRules')}</span>
      <Button size="compact-sm" onClick={() => analyzer.change({ tab: 'rules' })}>
        {t('state.toRules')}
      </Button>
    </div>
  );
}
