import { Button } from '@mantine/core';
import { insuranceEv, type RuleSet } from '@vakhta/blackjack';
import { useEffect, useMemo, useState } from 'react';
import { isTyping } from '../../../ui/is-typing.ts';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import page from '../analyzer.module.css';
import { useAnalyzer } from '../analyzer-state.ts';
import { rankOf } from '../card-names.ts';
import { countText, edgeText } from '../ev-text.ts';
import { useFailureText } from '../job-view.tsx';
import { useLatestJob } from '../jobs/use-latest-job.ts';
import { CardPlace } from './card-place.tsx';
import { HandAdvice } from './hand-advice.tsx';
import css from './realtime.module.css';
import { ShoeEditor } from './shoe-editor.tsx';
import { cardsOnTable, less, type Place, rulesForHand, shoeOf, withShoe } from './table-cards.ts';
import { canGoBack, canUndo, tableMoves } from './table-moves.ts';

const MOST_HANDS = 4;

/** At a live table: what is best now, and what the next round is worth, from the cards seen. */
export function RealtimeTab({ rules }: { rules: RuleSet }) {
  const { t } = useAnalyzerWords();
  const { table } = useAnalyzer();
  const [place, setPlace] = useState<Place>('dealer');
  const places: Place[] = useMemo(() => ['dealer', ...table.hands.keys(), 'others'], [table.hands]);
  const aimed = places.includes(place) ? place : 'dealer';
  const deal = (card: number) => {
    tableMoves.deal(rules, aimed, card);
    // The dealer shows one card before the hands are played.
    if (aimed === 'dealer' && table.dealer.length === 0) setPlace(0);
  };
  useTableKeys({
    deal,
    next: () => setPlace(places[(places.indexOf(aimed) + 1) % places.length]!),
    newHand: () => tableMoves.newHand(rules),
  });
  const shoe = shoeOf(table, rules);
  const left = shoe && less(shoe, cardsOnTable(table));
  const [up] = table.dealer;
  const nameOf = (at: Place) => {
    if (typeof at !== 'number') return t(`realtime.${at}`);
    return table.hands.length === 1
      ? t('realtime.yourHand')
      : t('realtime.hand', { count: (at + 1) as never });
  };
  return (
    <div className={css.layout}>
      <div className={page.stack}>
        <PanelSection title={t('tabs.realtime')} aside={left ? <Left left={left} /> : undefined}>
          <div className={css.places} role="radiogroup" aria-label={t('realtime.deal')}>
            {places.map((at) => (
              <CardPlace
                key={at}
                name={nameOf(at)}
                cards={at === 'dealer' || at === 'others' ? table[at] : table.hands[at]!}
                aimed={at === aimed}
                showTotal={at !== 'others'}
                onAim={() => setPlace(at)}
                onTakeOff={(index) => tableMoves.takeOff(at, index)}
              />
            ))}
          </div>
          <ShoeEditor
            left={left}
            onDeal={deal}
            onChange={(card, by) => tableMoves.changeShoe(rules, card, by)}
          />
          <div className={css.moves}>
            <Button variant="default" disabled={!canUndo()} onClick={tableMoves.undo}>
              {t('realtime.undo')}
            </Button>
            <Button title={t('realtime.newHandText')} onClick={() => tableMoves.newHand(rules)}>
              {t('realtime.newHand')}
            </Button>
            <Button
              variant="default"
              disabled={table.hands.length >= MOST_HANDS}
              onClick={tableMoves.addHand}
            >
              {t('realtime.addHand')}
            </Button>
            <Button variant="default" disabled={!canGoBack()} onClick={tableMoves.previousShoe}>
              {t('realtime.previous')}
            </Button>
            <Button variant="default" onClick={tableMoves.originalShoe}>
              {t('realtime.original')}
            </Button>
          </div>
          <p className={css.keys}>{t('realtime.keys')}</p>
        </PanelSection>
      </div>
      <div className={page.stack}>
        {table.hands.map((cards, hand) => (
          <HandAdvice
            // biome-ignore lint/suspicious/noArrayIndexKey: a hand is its number
            key={hand}
            name={nameOf(hand)}
            rules={rulesForHand(rules, table, hand)}
            cards={cards}
            up={up}
          />
        ))}
        {up === 1 && <Insurance rules={rules} cards={[...table.hands.flat(), ...table.others]} shoe={shoe} />}
        <NextRound rules={withShoe(rules, left)} infinite={shoe === null} />
      </div>
    </div>
  );
}

function Left({ left }: { left: readonly number[] }) {
  const { t, language } = useAnalyzerWords();
  const size = left.reduce((sum, count) => sum + count, 0);
  return <span>{t('realtime.left', { count: countText(size, language) as never })}</span>;
}

function Insurance({
  rules,
  cards,
  shoe,
}: {
  rules: RuleSet;
  cards: readonly number[];
  shoe: readonly number[] | null;
}) {
  const { t, language } = useAnalyzerWords();
  const ev = insuranceEv(withShoe(rules, shoe && [...shoe]), cards);
  return (
    <PanelSection title={t('realtime.insurance')} aside={t(ev > 0 ? 'realtime.take' : 'realtime.leave')}>
      <strong className={ev > 0 ? page.good : page.bad} data-testid="insurance-ev">
        {edgeText(ev, language, 3)}
      </strong>
    </PanelSection>
  );
}

function NextRound({ rules, infinite }: { rules: RuleSet; infinite: boolean }) {
  const { t, language } = useAnalyzerWords();
  const failureText = useFailureText();
  const { answer, failure, busy } = useLatestJob({ kind: 'nextRound', rules });
  return (
    <PanelSection
      title={t('realtime.nextRound')}
      aside={answer && t(answer.ev > 0 ? 'realtime.betMore' : 'realtime.betLess')}
    >
      {failure ? (
        <p role="alert">{failureText(failure)}</p>
      ) : (
        <p className={page.headline} aria-busy={busy}>
          <strong
            className={answer === undefined ? undefined : answer.ev > 0 ? page.good : page.bad}
            data-testid="next-round-ev"
          >
            {answer ? edgeText(answer.ev, language) : '…'}
          </strong>
        </p>
      )}
      <p className={page.hint}>
        {t('realtime.nextRoundText')}. {t(infinite ? 'realtime.infinite' : 'realtime.exact')}
      </p>
    </PanelSection>
  );
}

interface TableKeys {
  deal(card: number): void;
  next(): void;
  newHand(): void;
}

/** Whether a space there presses a button; on the open tab it has nothing to do. */
const pressesSomething = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('button:not([role=tab])') !== null;

/** The keyboard as a dealer's hand; not while somebody types or a button has the keys. */
function useTableKeys(keys: TableKeys): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const card = rankOf(event.key);
      if (card !== undefined) keys.deal(card);
      else if (event.code === 'KeyN') keys.newHand();
      else if (event.key === 'Backspace') tableMoves.undo();
      else if (event.key === ' ' && !pressesSomething(event.target)) keys.next();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener('keydown', press, { capture: true });
    return () => removeEventListener('keydown', press, { capture: true });
  });
}
