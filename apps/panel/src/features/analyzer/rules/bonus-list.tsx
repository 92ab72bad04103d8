import { Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { RuleSetInput } from '@vakhta/blackjack';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import { BonusRow } from './bonus-row.tsx';
import { withRule } from './read-rules.ts';
import css from './rules.module.css';

export type WrittenBonus = NonNullable<RuleSetInput['bonuses']>[number];

const known = {
  charlie5: { match: 'total+ncards', ncards: 5, total: 'any', pays: 1 },
  charlie6: { match: 'total+ncards', ncards: 6, total: 'any', pays: 1 },
  mixed678: { match: 'composition', cards: [6, 7, 8], pays: 1.5, paysSuited: 2, paysSpades: 3 },
  mixed777: { match: 'composition', cards: [7, 7, 7], pays: 1.5, paysSuited: 2, paysSpades: 3 },
  five21: { match: 'total+ncards', ncards: 5, total: 21, pays: 1.5 },
  six21: { match: 'total+ncards', ncards: 6, total: 21, pays: 2 },
} as const satisfies Record<string, WrittenBonus | { cards: readonly number[] }>;
const knownNames = Object.keys(known) as (keyof typeof known)[];

interface BonusListProps {
  written: RuleSetInput;
  onChange(written: RuleSetInput): void;
}

/** Hands that are paid by themselves; a later one overrides an earlier. */
export function BonusList({ written, onChange }: BonusListProps) {
  const { t } = useAnalyzerWords();
  const bonuses = written.bonuses ?? [];
  const set = (next: readonly WrittenBonus[]) => onChange(withRule(written, 'bonuses', [...next]));
  const add = (bonus: object) => set([...bonuses, structuredClone(bonus) as WrittenBonus]);
  return (
    <>
      {bonuses.length === 0 && <p className={css.hint}>{t('rules.bonus.none')}</p>}
      <ol className={css.bonuses}>
        {bonuses.map((bonus, place) => (
          // Rows have no name of their own: their order is what tells them apart.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={place}>
            <BonusRow bonus={bonus} onChange={(next) => set(bonuses.with(place, next))} />
            <Button
              variant="subtle"
              color="red"
              size="compact-sm"
              leftSection={<IconTrash size={15} />}
              onClick={() => set(bonuses.toSpliced(place, 1))}
            >
              {t('rules.remove')}
            </Button>
          </li>
        ))}
      </ol>
      <div className={css.buttons}>
        {knownNames.map((name) => (
          <Button key={name} size="compact-sm" variant="default" onClick={() => add(known[name])}>
            {t(`rules.bonus.presets.${name}`)}
          </Button>
        ))}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={15} />}
          onClick={() => add({ match: 'composition', cards: [1, 10], pays: 2 })}
        >
          {t('rules.bonus.add')}
        </Button>
      </div>
    </>
  );
}
