import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { ApiError } from '@vakhta/api';
import { useState } from 'react';
import { chosenOrganisation } from '../../app/organisation.ts';
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
  const take = async (only?: readonly string[]) => {
    setBusy(true);
    try {
      await download(thing, range, only);
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
        <Menu.Item disabled={properties.length === 0} onClick={() => void take(properties)}>
          {t('history.exportShown')}
        </Menu.Item>
        <Menu.Item onClick={() => void take()}>{t('history.exportAll')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** By a request of ours rather than a link: a link cannot name the organisation. */
async function download(
  { id, name }: ExportMenuProps['thing'],
  { from, to }: Range,
  properties: readonly string[] | undefined,
): Promise<void> {
  const query = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  if (properties) query.set('properties', properties.join(','));
  const organisation = chosenOrganisation();
  const response = await fetch(`/api/v1/things/${id}/history.csv?${query}`, {
    headers: organisation ? { 'x-vakhta-organisation': organisation } : {},
  }).catch((cause: unknown) => {
    throw new ApiError(0, 'unreachable', 'the server was not reached', { cause });
  });
  if (!response.ok) throw new ApiError(response.status, 'internal', `HTTP ${response.status}`, {});
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = `${name} ${query.get('from')?.slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
