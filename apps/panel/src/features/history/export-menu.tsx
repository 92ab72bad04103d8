import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { download } from '../../app/download.ts';
import { tellRefused } from '../../ui/notify.ts';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import type { Range } from './span.ts';

interface ExportMenuProps {
  thing: { id: string; name: string };
  range: Range;
  /** The properties on the page. */
  properties: readonly string[];
}

/** Takes what is in the log of this span away as CSV. */
export function ExportMenu({ thing, range, properties }: ExportMenuProps) {
  const { t } = useWords();
  const textOf = useErrorText();
  const [busy, setBusy] = useState(false);
  const exportAs = async (only?: readonly string[]) => {
    setBusy(true);
    try {
      await take(thing, range, only);
    } catch (error) {
      tellRefused(textOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <Button variant="default" loading={busy} leftSection={<IconDownload size={17} />}>
          {t('history.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={properties.length === 0} onClick={() => void exportAs(properties)}>
          {t('history.exportShown')}
        </Menu.Item>
        <Menu.Item onClick={() => void exportAs()}>{t('history.exportAll')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The CSV of one thing, named after it and the day it begins. */
function take(
  { id, name }: ExportMenuProps['thing'],
  { from, to }: Range,
  properties: readonly string[] | undefined,
): Promise<void> {
  const query = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  if (properties) query.set('properties', properties.join(','));
  return download(`/things/${id}/history.csv?${query}`, `${name} ${query.get('from')?.slice(0, 10)}.csv`);
}
