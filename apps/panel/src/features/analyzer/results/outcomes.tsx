import type { RuleSet } from '@vakhta/blackjack';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import page from '../analyzer.module.css';
import { chanceText, edgeText, evText } from '../ev-text.ts';
import { JobView } from '../job-view.tsx';
import { useJob } from '../jobs/use-job.ts';

const ROUNDS = 1_000_000;

interface OutcomesProps {
  rules: RuleSet;
  /** The computed EV of what is played, for which the rounds are a witness. */
  exact: number | undefined;
}

/** How results of single rounds spread, by seeded play. */
export function Outcomes({ rules, exact }: OutcomesProps) {
  const { t, language } = useAnalyzerWords();
  const job = useJob({ kind: 'simulation', rules, rounds: ROUNDS, seed: 1 });
  return (
    <JobView job={job}>
      {({ mean, error, deviation, outcomes }) => (
        <>
          <p className={page.hint}>
            {t('results.mean')} {edgeText(mean, language, 3)} · {t('results.error')}{' '}
            {edgeText(error, language, 3)} · {t('results.deviation')} {evText(deviation, language, 4)}
            {exact !== undefined && error > 0 && (
              <>
                <br />
                {t('results.witness', { errors: evText((mean - exact) / error, language, 2) })}
              </>
            )}
          </p>
          <table className={page.table}>
            <thead>
              <tr>
                <th scope="col">{t('results.outcome')}</th>
                <th scope="col">{t('results.chance')}</th>
              </tr>
            </thead>
            <tbody>
              {outcomes.map(({ result, share }) => (
                <tr key={result}>
                  <th scope="row">{evText(result, language, 1)}</th>
                  <td>{chanceText(share, language, 4)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </JobView>
  );
}
