import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import { cardName } from '../card-names.ts';
import css from './realtime.module.css';
import { totalOf } from './table-cards.ts';

interface CardPlaceProps {
  name: string;
  cards: readonly number[];
  /** The next card goes here. */
  aimed: boolean;
  showTotal: boolean;
  onAim(): void;
  onTakeOff(index: number): void;
}

/** Where cards lie. A click on a card takes it off. */
export function CardPlace({ name, cards, aimed, showTotal, onAim, onTakeOff }: CardPlaceProps) {
  const { t } = useAnalyzerWords();
  return (
    <div className={css.place} data-aimed={aimed || undefined}>
      <label className={css.aim}>
        <input type="radio" name="place" checked={aimed} onChange={onAim} />
        <span>{name}</span>
        {showTotal && cards.length > 0 && <strong>{totalOf(cards)}</strong>}
      </label>
      <div className={css.cards}>
        {cards.map((card, index) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: cards of one rank are alike but for their place
            key={index}
            type="button"
            className={css.card}
            aria-label={t('realtime.takeOff', { card: cardName(card), place: name })}
            onClick={() => onTakeOff(index)}
          >
            {cardName(card)}
          </button>
        ))}
      </div>
    </div>
  );
}
