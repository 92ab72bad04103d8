import { Combobox, Modal, TextInput, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useWords } from '../../words/words.ts';
import { findEntries } from './find-entries.ts';
import css from './palette.module.css';
import { usePaletteEntries } from './palette-entries.ts';

interface PaletteProps {
  onClose(): void;
  /** Shows the map of keys. */
  onKeys(): void;
}

/** Finds a section, a thing or something to do by typing a part of its name. */
export function Palette(props: PaletteProps) {
  const { t } = useWords();
  return (
    <Modal
      opened
      onClose={props.onClose}
      withCloseButton={false}
      padding={0}
      size={560}
      yOffset="12dvh"
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': t('palette.title') } }}
    >
      <Finder {...props} />
    </Modal>
  );
}

function Finder({ onClose, onKeys }: PaletteProps) {
  const { t } = useWords();
  const [query, setQuery] = useState('');
  const combobox = useCombobox({ opened: true });
  const { selectFirstOption } = combobox;
  const found = findEntries(usePaletteEntries(onKeys), query);
  // Enter takes the best one, whatever was chosen among those of the last query.
  // biome-ignore lint/correctness/useExhaustiveDependencies: chosen anew with each query
  useEffect(() => {
    selectFirstOption();
  }, [query, selectFirstOption]);

  return (
    <>
      <Combobox
        store={combobox}
        onOptionSubmit={(id) => {
          onClose();
          found.find((entry) => entry.id === id)?.run();
        }}
      >
        <Combobox.EventsTarget>
          <TextInput
            data-autofocus
            variant="unstyled"
            size="md"
            className={css.field}
            leftSection={<IconSearch size={18} />}
            placeholder={t('palette.find')}
            aria-label={t('palette.find')}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
        </Combobox.EventsTarget>
        <Combobox.Options className={css.list} aria-label={t('palette.title')}>
          {found.map(({ id, icon, title, detail }) => (
            <Combobox.Option key={id} value={id} className={css.entry}>
              {icon}
              <span className={css.title}>{title}</span>
              <span className={css.detail}>{detail}</span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox>
      {found.length === 0 && <p className={css.nothing}>{t('palette.nothing')}</p>}
    </>
  );
}
