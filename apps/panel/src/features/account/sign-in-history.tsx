import { useInfiniteQuery } from '@tanstack/react-query';
import { routes } from '@vakhta/api';
import { api } from '../../app/api.ts';
import { Age } from '../../ui/age.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { useWords } from '../../words/words.ts';
import css from './account-page.module.css';
import { deviceName } from './device-name.ts';

const PAGE = 8;

/** Who came in as this person or tried to. */
export function SignInHistory() {
  const { t } = useWords();
  const history = useInfiniteQuery({
    queryKey: ['sign-ins'],
    queryFn: ({ pageParam }) =>
      api.call(routes.listOwnSignIns, { query: { limit: PAGE, ...(pageParam && { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const items = history.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <ul className={css.rows}>
        {items.map(({ id, at, outcome, by, device, address }) => (
          <li key={id}>
            <span>
              <strong className={css.outcome} data-outcome={outcome}>
                {t(by ? `account.signIns.by.${by}` : `account.signIns.outcome.${outcome}`)}
              </strong>
              <small>
                <Age at={at} /> · {deviceName(device) || t('account.sessions.unknown')} · {address}
              </small>
            </span>
          </li>
        ))}
      </ul>
      <ShowMore of={history} />
    </>
  );
}
