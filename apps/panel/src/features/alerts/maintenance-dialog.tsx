import { Select, TextInput } from '@mantine/core';
import { routes } from '@vakhta/api';
import { hours } from '@vakhta/kernel';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { useAgents, useGroups, useSites } from '../../app/directory.ts';
import { serverNow } from '../../app/server-time.ts';
import { useMay } from '../../app/session.ts';
import { useAttempt } from '../../ui/attempt.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useWords } from '../../words/words.ts';
import css from './alerts.module.css';

interface MaintenanceDialogProps {
  onClose(): void;
  onSaved(): Promise<unknown>;
}

/** How a browser's own field for a day and a time writes an instant: in the device's zone, without one. */
function localText(instant: number): string {
  const at = new Date(instant);
  return new Date(instant - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const EVERYWHERE = 'everywhere';

/** Plans a window; without another wish it begins now and lasts two hours. */
export function MaintenanceDialog({ onClose, onSaved }: MaintenanceDialogProps) {
  const { t } = useWords();
  const may = useMay();
  const [sites, groups, agents] = [useSites(), useGroups(), useAgents(may('agents.view'))];
  const [name, setName] = useState('');
  const [from, setFrom] = useState(() => localText(serverNow()));
  const [until, setUntil] = useState(() => localText(serverNow() + hours(2)));
  const [where, setWhere] = useState<string>(EVERYWHERE);
  const isOrdered = new Date(from) < new Date(until);
  const save = async () => {
    const [kind, id = null] = where.split(' ');
    await api.call(routes.createMaintenance, {
      body: {
        name: name.trim(),
        from: new Date(from).toISOString(),
        until: new Date(until).toISOString(),
        site: kind === 'site' ? id : null,
        group: kind === 'group' ? id : null,
        agent: kind === 'agent' ? id : null,
      },
    });
    await onSaved();
  };
  const { attempt, busy, refusal } = useAttempt(save, onClose);
  const places = [
    { value: EVERYWHERE, label: t('maintenance.everywhere') },
    ...[...sites.values()].map((each) => ({ value: `site ${each.id}`, label: t('maintenance.site', each) })),
    ...[...groups.values()].map((each) => ({
      value: `group ${each.id}`,
      label: t('maintenance.group', each),
    })),
    ...[...agents.values()].map((each) => ({
      value: `agent ${each.id}`,
      label: t('maintenance.agent', each),
    })),
  ];
  return (
    <FormDialog
      title={t('maintenance.addTitle')}
      action={t('shell.do.add')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      disabled={!isOrdered}
      refusal={refusal}
    >
      <TextInput
        label={t('maintenance.name')}
        placeholder={t('maintenance.namePlaceholder')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={120}
        data-autofocus
      />
      <Select
        label={t('maintenance.where')}
        data={places}
        value={where}
        onChange={(value) => setWhere(value ?? EVERYWHERE)}
        allowDeselect={false}
        searchable
        nothingFoundMessage={t('form.nothingFound')}
      />
      <div className={css.pair}>
        <TextInput
          type="datetime-local"
          label={t('maintenance.from')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
          required
          withAsterisk={false}
        />
        <TextInput
          type="datetime-local"
          label={t('maintenance.until')}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
          required
          withAsterisk={false}
          error={!isOrdered && t('maintenance.wrongOrder')}
        />
      </div>
    </FormDialog>
  );
}
