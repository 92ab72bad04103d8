import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAttempt } from '../../ui/attempt.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useWords } from '../../words/words.ts';

interface NameDialogProps {
  title: string;
  action: string;
  name?: string;
  /** Given where the place has a zone of its own. */
  timeZone?: string;
  onClose(): void;
  onSave(name: string, timeZone: string): Promise<unknown>;
}

const zones = Intl.supportedValuesOf('timeZone');

/** Names a site or a group; a site also has the zone its people live in. */
export function NameDialog({ title, action, name = '', timeZone, onClose, onSave }: NameDialogProps) {
  const { t } = useWords();
  const [draft, setDraft] = useState(name);
  const [zone, setZone] = useState(timeZone ?? '');
  const { attempt, busy, refusal } = useAttempt(() => onSave(draft.trim(), zone), onClose);
  return (
    <FormDialog
      title={title}
      action={action}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      disabled={draft.trim() === ''}
    >
      <TextInput
        label={t('sites.name')}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={120}
        error={refusal}
        data-autofocus
      />
      {timeZone !== undefined && (
        <Select
          label={t('sites.timeZone')}
          data={zones.includes(zone) ? zones : [zone, ...zones]}
          value={zone}
          onChange={(value) => setZone(value ?? zone)}
          searchable
          allowDeselect={false}
          nothingFoundMessage={t('form.nothingFound')}
        />
      )}
    </FormDialog>
  );
}
