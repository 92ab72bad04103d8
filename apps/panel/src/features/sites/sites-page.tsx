import { PageHead } from '../../ui/page-head.tsx';
import { useWords } from '../../words/words.ts';
import { GroupList } from './group-list.tsx';
import { SiteList } from './site-list.tsx';
import css from './sites-page.module.css';

/** Where things are, and which are acted on together. */
export function SitesPage() {
  const { t } = useWords();
  return (
    <>
      <PageHead title={t('sites.title')} text={t('sites.lead')} />
      <div className={css.columns}>
        <SiteList />
        <GroupList />
      </div>
    </>
  );
}
