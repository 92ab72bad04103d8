import { Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { casinoGuestRoutes, GuestColour, type GuestLabel, type GuestLabelKind } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { useAttempt } from '../../../ui/attempt.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useWords } from '../../../words/words.ts';
import { LabelMark } from '../guests/label-mark.tsx';
import { useHallId } from '../hall.ts';

interface LabelDialogProps {
  kind: GuestLabelKind;
  /** The one to change; none: a new one. */
  label?: GuestLabel;
  /** Where a new one stands among its kind. */
  place: number;
  onClose(): void;
}

/** Makes or changes a status or a group of guests. */
export function LabelDialog({ kind, label, place, onClose }: LabelDialogProps) {
  const { t } = useWords();
  const hall = useHallId();
  const queryClient = useQueryClient();
  const [id] = useState(() => label?.id ?? crypto.randomUUID());
  const [name, setName] = useState(label?.name ?? '');
  const [colour, setColour] = useState<GuestColour>(label?.colour ?? 'teal');
  const [letter, setLetter] = useState(label?.letter ?? '');
  const [service, setService] = useState(label?.service ?? '');
  const [archived, setArchived] = useState(label?.archived ?? false);
  const shownLetter = letter.trim() || name.trim().charAt(0).toLocaleUpperCase();
  const { attempt, busy, refusal } = useAttempt(async () => {
    await api.call(casinoGuestRoutes.setGuestLabel, {
      params: { hall, label: id },
      body: {
        kind,
        name: name.trim(),
        colour,
        letter: shownLetter,
        service: service.trim(),
        place: label?.place ?? place,
        archived,
      },
    });
    await queryClient.invalidateQueries({ queryKey: ['casino', hall] });
  }, onClose);
  return (
    <FormDialog
      title={label?.name ?? t(`casinoSetUp.labels.${kind}.new`)}
      action={t('casinoSetUp.labels.save')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      disabled={name.trim() === ''}
      refusal={refusal}
    >
      <TextInput
        label={t('casinoSetUp.labels.name')}
        value={name}
        onChange={({ currentTarget: { value } }) => setName(value)}
        maxLength={40}
        data-autofocus
        required
      />
      <TextInput
        label={t('casinoSetUp.labels.letter')}
        description={t('casinoSetUp.labels.letterHelp')}
        placeholder={shownLetter}
        value={letter}
        onChange={({ currentTarget: { value } }) => setLetter(value)}
        maxLength={2}
      />
      <Select
        label={t('casinoSetUp.labels.colour')}
        data={GuestColour.options.map((value) => ({
          value,
          label: t(`casinoSetUp.labels.colours.${value}`),
        }))}
        value={colour}
        onChange={(value) => value && setColour(GuestColour.parse(value))}
        allowDeselect={false}
        comboboxProps={{ withinPortal: true }}
      />
      {shownLetter && <LabelMark label={{ colour, letter: shownLetter, name: name.trim() }} />}
      <Textarea
        label={t('casinoSetUp.labels.service')}
        description={t('casinoSetUp.labels.serviceHelp')}
        value={service}
        onChange={({ currentTarget: { value } }) => setService(value)}
        maxLength={300}
        autosize
        minRows={2}
      />
      {label && (
        <Switch
          label={t('casinoSetUp.labels.archive')}
          description={t('casinoSetUp.labels.archiveHelp', { count: label.guests })}
          checked={archived}
          onChange={({ currentTarget: { checked } }) => setArchived(checked)}
        />
      )}
    </FormDialog>
  );
}
