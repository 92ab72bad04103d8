import { Button } from '@mantine/core';
import { IconEdit, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { GuestLabel, GuestLabelKind } from '@vakhta/api';
import { useState } from 'react';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useWords } from '../../../words/words.ts';
import { labelsQuery } from '../guests/guest-queries.ts';
import { LabelMark } from '../guests/label-mark.tsx';
import { useHallId } from '../hall.ts';
import { LabelDialog } from './label-dialog.tsx';
import css from './set-up.module.css';

/** Statuses of guests, or their groups: what each one is for, and how many have it. */
export function LabelsSection({ kind }: { kind: GuestLabelKind }) {
  const { t } = useWords();
  const labels = (useQuery(labelsQuery(useHallId())).data ?? []).filter((label) => label.kind === kind);
  const [editing, setEditing] = useState<GuestLabel | 'new'>();
  return (
    <PanelSection
      title={t(`casinoSetUp.labels.${kind}.title`)}
      text={t(`casinoSetUp.labels.${kind}.text`)}
      aside={
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={17} />}
          onClick={() => setEditing('new')}
        >
          {t('casinoSetUp.labels.add')}
        </Button>
      }
    >
      <ul className={css.labels}>
        {labels.map((label) => (
          <li key={label.id} data-archived={label.archived || undefined}>
            <LabelMark label={label} />
            <span className={css.service}>
              {[label.archived && t('casinoSetUp.labels.archived'), label.service]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <span className={css.count}>{t('casinoSetUp.labels.guests', { count: label.guests })}</span>
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconEdit size={15} />}
              onClick={() => setEditing(label)}
              aria-label={t('casinoSetUp.labels.changeOf', { name: label.name })}
            >
              {t('casinoSetUp.labels.change')}
            </Button>
          </li>
        ))}
      </ul>
      {editing && (
        <LabelDialog
          kind={kind}
          {...(editing !== 'new' && { label: editing })}
          place={labels.length}
          onClose={() => setEditing(undefined)}
        />
      )}
    </PanelSection>
  );
}
