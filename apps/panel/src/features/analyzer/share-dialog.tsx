import { Modal } from '@mantine/core';
import { CopyField } from '../../ui/copy-field.tsx';
import { useAnalyzerWords } from '../../words/analyzer-words.ts';

/** The address as it is: it holds rules, strategy, tab and table. */
export function ShareDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useAnalyzerWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('do.shareTitle')}
      centered
      closeButtonProps={{ 'aria-label': t('do.done') }}
    >
      <p>{t('do.shareText')}</p>
      {opened && <CopyField value={location.href} label={t('do.shareTitle')} />}
    </Modal>
  );
}
