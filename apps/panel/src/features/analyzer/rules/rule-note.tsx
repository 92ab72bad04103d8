import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { RuleProblem } from '@vakhta/blackjack';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import css from './rules.module.css';

const clashes = [
  'shoe_infinite',
  'decks_shoe',
  'shoe',
  'peekAce_holeCard',
  'doubleTable_double',
  'surrenderTable_surrender',
  'DSA_DAS',
  'SAN_surrender',
  'SSA_SAS',
  'redoubleAfterSplit_redoubles',
  'rescueAfterSplit_doubleDownRescue',
  'doubleDownRescue_holeCard',
] as const;

interface RuleNoteProps {
  problems: readonly RuleProblem[];
  /** The key of the rule it stands beside. */
  rule: string;
}

/** Why a rule cannot be, or does nothing, beside its field. */
export function RuleNote({ problems, rule }: RuleNoteProps) {
  const { t } = useAnalyzerWords();
  return problems
    .filter((problem) => problem.rule.split('.')[0] === rule)
    .map((problem) => {
      const code = clashes.find((clash) => clash === [problem.rule, problem.with].filter(Boolean).join('_'));
      const Icon = problem.idle ? IconInfoCircle : IconAlertTriangle;
      return (
        <p key={problem.rule + problem.message} className={css.note} data-idle={problem.idle} role="status">
          <Icon size={16} aria-hidden />
          {code ? t(`rules.clash.${code}`) : t('rules.clash.other', { message: problem.message })}
        </p>
      );
    });
}
