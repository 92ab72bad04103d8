import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAttempt } from '../../ui/attempt.ts';
import { PlainForm } from '../../ui/plain-form.tsx';
import { useWords } from '../../words/words.ts';
import css from './sites-page.module.css';

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
    <Modal
      opened
      onClose={onClose}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': t('shell.do.close') }}
    >
      <PlainForm className={css.form} onSubmit={attempt}>
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
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('shell.do.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={draft.trim() === ''}>
            {action}
          </Button>
        </div>
      </PlainForm>
    </Modal>
  );
}
