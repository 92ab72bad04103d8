import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import { cardName, RANKS } from '../card-names.ts';
import css from './realtime.module.css';

interface ShoeEditorProps {
  /** Cards of each rank not yet seen; null: infinite. */
  left: readonly number[] | null;
  onDeal(card: number): void;
  onChange(card: number, by: 1 | -1): void;
}

/** The ranks to deal from, how many of each are left, and the shoe's own counts one by one. */
export function ShoeEditor({ left, onDeal, onChange }: ShoeEditorProps) {
  const { t } = useAnalyzerWords();
  return (
    <div className={css.shoe}>
      {RANKS.map((card) => {
        const count = left?.[card - 1];
        return (
          <div key={card} className={css.rank}>
            <button
              type="button"
              className={css.deal}
              disabled={count !== undefined && count < 1}
              onClick={() => onDeal(card)}
            >
              <span className={css.hidden}>{t('realtime.dealCard', { card: cardName(card) })} </span>
              <b aria-hidden>{cardName(card)}</b>
              <small data-testid={`left-${card}`}>{count ?? '∞'}</small>
            </button>
            {count !== undefined && (
              <span className={css.steps}>
                <button
                  type="button"
                  disabled={count < 1}
                  aria-label={t('realtime.remove', { card: cardName(card) })}
                  onClick={() => onChange(card, -1)}
                >
                  −
                </button>
                <button
                  type="button"
                  aria-label={t('realtime.putBack', { card: cardName(card) })}
                  onClick={() => onChange(card, 1)}
                >
                  +
                </button>
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}
