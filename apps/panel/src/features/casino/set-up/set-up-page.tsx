import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { PageHead } from '../../../ui/page-head.tsx';
import { useWords } from '../../../words/words.ts';
import { DesksSection } from './desks-section.tsx';
import { LabelsSection } from './labels-section.tsx';
import { MachinesSection } from './machines-section.tsx';
import { MakeHallDialog } from './make-hall-dialog.tsx';
import { MirrorSection } from './mirror-section.tsx';
import { RulesSection } from './rules-section.tsx';
import css from './set-up.module.css';

/** How the hall is set up: its machines, its desks, how guests are sorted, its rules. */
export function SetUpPage() {
  const { t } = useWords();
  const [making, setMaking] = useState(false);
  return (
    <>
      <PageHead title={t('casinoSetUp.title')} text={t('casinoSetUp.lead')}>
        <Button variant="default" leftSection={<IconPlus size={17} />} onClick={() => setMaking(true)}>
          {t('casinoSetUp.hall.another')}
        </Button>
      </PageHead>
      <div className={css.sections}>
        <MachinesSection />
        <DesksSection />
        <LabelsSection kind="status" />
        <LabelsSection kind="group" />
        <RulesSection />
        <MirrorSection />
      </div>
      {making && <MakeHallDialog onClose={() => setMaking(false)} />}
    </>
  );
}
