import { type FormEvent, type ReactNode, useState } from 'react';
import { useWords } from '../words/words.ts';
import css from './plain-form.module.css';

interface PlainFormProps {
  className?: string;
  onSubmit(): unknown;
  children: ReactNode;
}

/**
 * A form of a few fields that says what is missing in the panel's language; the browser's own bubbles speak the
 * browser's. Fields state their rules as usual: `required`, `type="email"`, `minLength`.
 */
export function PlainForm({ className, onSubmit, children }: PlainFormProps) {
  const ruleOf = useRuleText();
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wrong = [...event.currentTarget.elements]
      .filter((element) => element instanceof HTMLInputElement)
      .find(({ validity }) => !validity.valid);
    setProblem(wrong && `${wrong.labels?.[0]?.textContent ?? wrong.name}: ${ruleOf(wrong)}`);
    if (wrong) wrong.focus();
    else onSubmit();
  };
  return (
    <form className={className} onSubmit={submit} onInput={() => setProblem(undefined)} noValidate>
      {children}
      {problem && (
        <p className={css.problem} role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

function useRuleText(): (input: HTMLInputElement) => string {
  const { t } = useWords();
  return ({ validity, minLength, validationMessage }) => {
    if (validity.valueMissing) return t('rules.required');
    if (validity.typeMismatch) return t('rules.email');
    if (validity.tooShort) return t('rules.minLength', { count: minLength });
    return t('rules.other', { message: validationMessage });
  };
}
