import { Button } from '@mantine/core';
import type { CasinoInboxItem } from '@vakhta/api';
import { useState } from 'react';
import { useMay } from '../../../app/session.ts';
import { useWords } from '../../../words/words.ts';
import { TypedMetersDialog } from '../machine/typed-meters-dialog.tsx';
import css from './inbox.module.css';

/** A clear that nobody had announced: what was played before it is not known until its last meters are typed. */
export function GapItem({ item }: { item: CasinoInboxItem }) {
  const { t } = useWords();
  const mayAttend = useMay()('casino.attend');
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <p>{t('casinoControl.inbox.gap')}</p>
      {mayAttend && (
        <div className={css.buttons}>
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('casinoControl.inbox.typeMeters')}
          </Button>
        </div>
      )}
      {isAsking && (
        <TypedMetersDialog
          machine={item.machine}
          last={knownMeters(item.detail.last)}
          observedAt={item.at}
          closesEpoch={Number(item.what)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

const knownMeters = (last: unknown): Record<string, number> =>
  typeof last === 'object' && last !== null && !Array.isArray(last)
    ? Object.fromEntries(Object.entries(last).map(([code, value]) => [code, Number(value)]))
    : {};
