import { ApiError, type CasinoRefusal, casinoRefusals, type ErrorCode, errorStatus } from '@vakhta/api';
import { useWords } from './words.ts';

const isKnown = (code: string): code is ErrorCode => Object.hasOwn(errorStatus, code);
const isRefusal = (rule: string | undefined): rule is CasinoRefusal =>
  casinoRefusals.some((one) => one === rule);

/** The words for an error: ours by its code, else the engineer's text, which is better than none. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useWords();
  return (error) => {
    if (!(error instanceof ApiError))
      return t('errors.unexpected', { detail: error instanceof Error ? error.message : String(error) });
    if (error.code === 'unreachable') return t('errors.unreachable');
    if (isRefusal(error.rule)) return t(`casinoRefusals.${error.rule}`);
    if (isKnown(error.code)) return t(`errors.${error.code}`);
    return t('errors.unexpected', { detail: error.message });
  };
}
