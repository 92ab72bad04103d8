import type { SchemaViolation } from '@vakhta/things';
import { useWords } from '../../words/words.ts';

/** The words for a broken rule of a schema. */
export function useViolationText(): (violation: SchemaViolation) => string {
  const { t } = useWords();
  return ({ rule, expected, message }) => {
    switch (rule) {
      case 'url':
        return t('rules.address');
      case 'regex':
        return t('rules.pattern');
      case 'tls':
      case 'required':
      case 'pattern':
      case 'enum':
      case 'additionalProperties':
        return t(`rules.${rule}`);
      case 'type':
        if (expected === 'integer' || expected === 'number') return t(`rules.${expected}`);
        return t('rules.type');
      case 'minimum':
      case 'maximum':
        return t(`rules.${rule}`, { expected: String(expected) });
      case 'minLength':
      case 'maxLength':
        return t(`rules.${rule}`, { count: Number(expected) });
      default:
        return t('rules.other', { message });
    }
  };
}
