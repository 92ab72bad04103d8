import { useQuery } from '@tanstack/react-query';
import { PageHead } from '../../../ui/page-head.tsx';
import { useWords } from '../../../words/words.ts';
import { useHall } from '../hall.ts';
import { floorQuery } from './floor-query.ts';

/** Every machine of the hall as it stands. */
export function FloorPage() {
  const { t } = useWords();
  const hall = useHall();
  const { data } = useQuery(floorQuery(hall.id));
  return (
    <>
      <PageHead title={t('casino.tabs.floor')} />
      <ul>
        {data?.map(({ machine }) => (
          <li key={machine}>{machine}</li>
        ))}
      </ul>
    </>
  );
}
