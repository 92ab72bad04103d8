import { useQuery } from '@tanstack/react-query';
import { type DeskSettings, routes } from '@vakhta/api';
import { api } from '../../app/api.ts';
import { PageLoading } from '../../app/page-loading.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { PanelSection } from '../../ui/panel-section.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { GroupForm } from './group-form.tsx';
import { SettingRows } from './setting-rows.tsx';
import css from './settings-page.module.css';

const settingsQuery = {
  queryKey: ['deskSettings'],
  queryFn: (): Promise<DeskSettings> => api.call(routes.getDeskSettings),
};

/** Settings of the whole desk. Which there are, what they are called and may be, the server says. */
export function SettingsPage() {
  const { t, say } = useWords();
  const textOf = useErrorText();
  const { data, error, isPending } = useQuery(settingsQuery);
  return (
    <>
      <PageHead title={t('settings.title')} text={t('settings.lead')} />
      {error && <EmptyState title={t('shell.failedToLoad')} text={textOf(error)} />}
      {isPending && <PageLoading />}
      <div className={css.groups}>
        {data?.groups.map((group) => (
          <PanelSection key={group.title.en} title={say(group.title)} text={say(group.help)}>
            {group.applies === 'live' ? (
              // Drawn anew from what the server answered once something was changed.
              <GroupForm key={JSON.stringify(group.settings)} settings={group.settings} />
            ) : (
              <SettingRows settings={group.settings} />
            )}
          </PanelSection>
        ))}
      </div>
    </>
  );
}
