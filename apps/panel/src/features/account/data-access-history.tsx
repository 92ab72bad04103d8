import { useInfiniteQuery } from '@tanstack/react-query';
import { routes } from '@vakhta/api';
import { api } from '../../app/api.ts';
import { Age } from '../../ui/age.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { useWords } from '../../words/words.ts';
import css from './account-page.module.css';

const PAGE = 8;

/** Who looked at data of people here, this person's among them. */
export function DataAccessHistory() {
  const { t } = useWords();
  const history = useInfiniteQuery({
    queryKey: ['data-access'],
    queryFn: ({ pageParam }) =>
      api.call(routes.listDataAccess, { query: { limit: PAGE, ...(pageParam && { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const items = history.data?.pages.flatMap((page) => page.items) ?? [];
  if (history.isSuccess && items.length === 0)
    return <p className={css.empty}>{t('account.dataAccess.empty')}</p>;
  return (
    <>
      <ul className={css.rows}>
        {items.map(({ member, what, via, hour, lastAt, times }) => (
          <li key={`${hour} ${member.id} ${what} ${via}`}>
            <span>
              {member.name ?? t('audit.actor.member')} · {t(`account.dataAccess.what.${what}`)}
              <small>
                <Age at={lastAt} /> · {t('account.dataAccess.times', { count: times })}
                {via === 'token' && ` · ${t('account.dataAccess.byToken')}`}
              </small>
            </span>
          </li>
        ))}
      </ul>
      <ShowMore of={history} />
    </>
  );
}
