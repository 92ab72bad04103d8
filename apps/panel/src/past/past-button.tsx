import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { minutes } from '@vakhta/kernel';
import { serverNow } from '../app/server-time.ts';
import { useWords } from '../words/words.ts';
import { momentOf } from './moment.ts';
import { usePast } from './past.ts';

/** Where one begins: what just went by is still of interest. */
const BEGIN = minutes(5);

/** Opens the scrubber. Not there while it is open. */
export function PastButton({ onGo }: { onGo(at: string): void }) {
  const { t } = useWords();
  if (usePast()) return null;
  return (
    <Button
      variant="default"
      leftSection={<IconHistory size={17} />}
      onClick={() => onGo(momentOf(serverNow() - BEGIN, serverNow()))}
    >
      {t('past.open')}
    </Button>
  );
}
