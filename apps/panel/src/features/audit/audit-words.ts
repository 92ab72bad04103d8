import type { AuditEntry } from '@vakhta/api';
import { useModels, useThings } from '../../app/directory.ts';
import type { verbs } from '../../words/en/audit.ts';
import { useWords } from '../../words/words.ts';
import { type AuditVerb, auditVerbs } from './audit-verbs.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isVerb = (action: string): action is AuditVerb => Object.hasOwn(auditVerbs, action);

/** What an audit entry says, in words; a verb newer than this panel is shown as the server calls it. */
export function useAuditWords() {
  const { t, say } = useWords();
  const models = useModels();
  const things = useThings();
  return {
    whatOf: ({ action }: AuditEntry): string => {
      if (!isVerb(action)) return action;
      const key: keyof typeof verbs = auditVerbs[action];
      return t(`verbs.${key}`);
    },
    /** Which action, which new name: the part of the detail a person would ask for. */
    detailOf: ({ detail, subject }: AuditEntry): string | undefined => {
      if (!isRecord(detail)) return subject?.kind === 'setting' ? subject.id : undefined;
      const { action } = detail;
      const parts: string[] = [];
      if (typeof action === 'string') {
        const thing = typeof detail.thing === 'string' ? things.get(detail.thing) : undefined;
        const affordance =
          models.get(thing?.model ?? '')?.actions[action] ??
          [...models.values()].flatMap((model) => model.actions[action] ?? [])[0];
        parts.push(affordance ? say(affordance.title) : action);
        if (thing) parts.push(thing.name);
      }
      if (subject?.kind === 'setting') parts.push(subject.id);
      for (const field of ['name', 'code', 'email', 'value'] as const) {
        const value = detail[field];
        // The subject's name stands beside it already.
        if (typeof value === 'string' && !subject?.name?.endsWith(value)) parts.push(value);
      }
      return parts.length > 0 ? parts.join(' · ') : undefined;
    },
  };
}
