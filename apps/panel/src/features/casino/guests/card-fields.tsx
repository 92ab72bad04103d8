import { Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CasinoGuest, GuestLabelKind } from '@vakhta/api';
import { useWords } from '../../../words/words.ts';
import { useHallId } from '../hall.ts';
import { labelsQuery } from './guest-queries.ts';

/** What of a card is written by hand; an empty text is nothing. */
export interface CardDraft {
  company: string;
  phone: string;
  born: string;
  status: string | null;
  group: string | null;
  note: string;
  excluded: boolean;
}

export const emptyCard: CardDraft = {
  company: '',
  phone: '',
  born: '',
  status: null,
  group: null,
  note: '',
  excluded: false,
};

export const draftOf = ({ company, phone, born, status, group, note, excluded }: CasinoGuest): CardDraft => ({
  company: company ?? '',
  phone: phone ?? '',
  born: born ?? '',
  status,
  group,
  note: note ?? '',
  excluded,
});

const textOrNull = (text: string): string | null => text.trim() || null;

export const cardBody = ({ company, phone, born, note, ...rest }: CardDraft) => ({
  company: textOrNull(company),
  phone: textOrNull(phone),
  born: textOrNull(born),
  note: textOrNull(note),
  ...rest,
});

interface CardFieldsProps {
  draft: CardDraft;
  onChange(draft: CardDraft): void;
}

export function CardFields({ draft, onChange }: CardFieldsProps) {
  const { t } = useWords();
  const { data: labels = [] } = useQuery(labelsQuery(useHallId()));
  const set = (part: Partial<CardDraft>) => onChange({ ...draft, ...part });
  const choices = (kind: GuestLabelKind, chosen: string | null) =>
    labels
      .filter((label) => label.kind === kind && (!label.archived || label.id === chosen))
      .map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <Select
        label={t('casinoGuests.fields.status')}
        data={choices('status', draft.status)}
        value={draft.status}
        onChange={(status) => set({ status })}
        clearable
        comboboxProps={{ withinPortal: true }}
      />
      <Select
        label={t('casinoGuests.fields.group')}
        data={choices('group', draft.group)}
        value={draft.group}
        onChange={(group) => set({ group })}
        clearable
        comboboxProps={{ withinPortal: true }}
      />
      <TextInput
        label={t('casinoGuests.fields.phone')}
        type="tel"
        autoComplete="off"
        value={draft.phone}
        onChange={({ currentTarget: { value: phone } }) => set({ phone })}
      />
      <TextInput
        label={t('casinoGuests.fields.born')}
        type="date"
        value={draft.born}
        onChange={({ currentTarget: { value: born } }) => set({ born })}
      />
      <TextInput
        label={t('casinoGuests.fields.company')}
        autoComplete="off"
        maxLength={100}
        value={draft.company}
        onChange={({ currentTarget: { value: company } }) => set({ company })}
      />
      <Textarea
        label={t('casinoGuests.fields.note')}
        maxLength={500}
        autosize
        minRows={2}
        value={draft.note}
        onChange={({ currentTarget: { value: note } }) => set({ note })}
      />
      <Switch
        label={t('casinoGuests.fields.excluded')}
        description={t('casinoGuests.fields.excludedHelp')}
        checked={draft.excluded}
        onChange={({ currentTarget: { checked: excluded } }) => set({ excluded })}
      />
    </>
  );
}
