import { Modal } from '@mantine/core';
import { useSections } from '../../app/sections.ts';
import { useMay } from '../../app/session.ts';
import { useWords } from '../../words/words.ts';
import css from './key-map.module.css';

interface KeyRow {
  keys: readonly string[];
  what: string;
}

const letterOf = (code: string): string => code.replace('Key', '').toLowerCase();

/** Which keys do what. */
export function KeyMapDialog({ onClose }: { onClose(): void }) {
  const { t } = useWords();
  const sections = useSections();
  const operates = useMay()('things.operate');
  const groups: readonly { title: string; rows: readonly KeyRow[] }[] = [
    {
      title: t('keys.everywhere'),
      rows: [
        { keys: ['Ctrl', 'K'], what: t('keys.palette') },
        { keys: ['?'], what: t('keys.map') },
      ],
    },
    {
      title: t('keys.go'),
      rows: [
        ...sections.map(({ name, key }) => ({ keys: ['g', letterOf(key)], what: t(`shell.nav.${name}`) })),
        { keys: ['g', 'w'], what: t('wall.title') },
      ],
    },
    {
      title: t('shell.nav.desk'),
      rows: [
        { keys: ['/'], what: t('keys.search') },
        ...(operates
          ? [
              { keys: ['Ctrl', 'A'], what: t('keys.selectAll') },
              { keys: ['Esc'], what: t('keys.letGo') },
            ]
          : []),
      ],
    },
  ];
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('keys.title')}
      size="md"
      closeButtonProps={{ 'aria-label': t('shell.do.close') }}
    >
      {groups.map(({ title, rows }) => (
        <section key={title} className={css.group}>
          <h3>{title}</h3>
          <dl>
            {rows.map(({ keys, what }) => (
              <div key={what} className={css.row}>
                <dt>
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p className={css.note}>{t('keys.layout')}</p>
    </Modal>
  );
}
