import { useState } from 'react';
import { useErrorText } from '../words/error-text.ts';

interface Attempt {
  /** Does it; closes the dialog only when it was done. */
  attempt(): Promise<void>;
  busy: boolean;
  /** Why it was refused, in words, for the dialog that stays open. */
  refusal: string | undefined;
  forget(): void;
}

/** One deed of a dialog: under way, done, or refused with the reason. */
export function useAttempt(deed: () => unknown, onDone: () => void): Attempt {
  const textOf = useErrorText();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const attempt = async () => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await deed();
      onDone();
    } catch (error) {
      setRefusal(textOf(error));
    } finally {
      setBusy(false);
    }
  };
  return { attempt, busy, refusal, forget: () => setRefusal(undefined) };
}
