import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnalyzerWords } from '../../words/analyzer-words.ts';
import css from './analyzer.module.css';
import { JobFailed } from './jobs/run-job.ts';
import type { UsedJob } from './jobs/use-job.ts';

interface JobViewProps<Answer> {
  job: UsedJob<Answer>;
  children(answer: Answer): ReactNode;
}

/** What a job came to; while it runs, how far it is, and the way to stop it. */
export function JobView<Answer>({ job, children }: JobViewProps<Answer>) {
  const { t } = useAnalyzerWords();
  const failureText = useFailureText();
  const { answer, progress, failure, cancelled, cancel, again } = job;
  if (answer !== undefined) return children(answer);
  if (progress !== undefined)
    return (
      <div className={css.wait} role="status">
        <progress value={progress} max={1} aria-label={t('state.working', { percent: '' })} />
        <span>{t('state.working', { percent: Math.round(progress * 100) })}</span>
        <Button size="compact-sm" variant="default" onClick={cancel}>
          {t('do.cancel')}
        </Button>
      </div>
    );
  if (failure || cancelled)
    return (
      <div className={css.wait} role="status">
        <span>{failure ? failureText(failure) : t('state.cancelled')}</span>
        <Button size="compact-sm" variant="default" onClick={again}>
          {t('do.again')}
        </Button>
      </div>
    );
  return null;
}

/** The words for a job that failed. */
export function useFailureText(): (failure: Error) => string {
  const { t } = useAnalyzerWords();
  return (failure) => {
    const code = failure instanceof JobFailed ? failure.code : '';
    if (code === 'blackjack.shoe_spent') return t('state.spent');
    if (code === 'blackjack.no_such_card') return t('state.noCard');
    if (code === 'blackjack.no_removal') return t('state.noRemoval');
    return t('state.failed', { message: failure.message });
  };
}
