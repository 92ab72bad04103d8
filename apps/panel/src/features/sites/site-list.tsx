import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { routes, type Site } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { useSites } from '../../app/directory.ts';
import { useMay } from '../../app/session.ts';
import { ConfirmAction } from '../../ui/confirm-action.tsx';
import { PanelSection } from '../../ui/panel-section.tsx';
import { useWords } from '../../words/words.ts';
import { NameDialog } from './name-dialog.tsx';
import css from './sites-page.module.css';

/** Sites with what they hold. One that holds something cannot be removed, and it says so. */
export function SiteList() {
  const { t } = useWords();
  const manages = useMay()('sites.manage');
  const queryClient = useQueryClient();
  const sites = [...useSites().values()];
  const [editing, setEditing] = useState<Site | 'new'>();
  const [removing, setRemoving] = useState<Site>();
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['sites'] });
  const save = async (name: string, timeZone: string) => {
    if (editing === 'new') await api.call(routes.createSite, { body: { name, timeZone } });
    else if (editing)
      await api.call(routes.changeSite, { params: { site: editing.id }, body: { name, timeZone } });
    await refresh();
  };
  const remove = async (site: Site) => {
    await api.call(routes.removeSite, { params: { site: site.id } });
    await refresh();
  };
  return (
    <PanelSection
      title={t('sites.sites')}
      text={t('sites.sitesText')}
      aside={
        manages && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={15} />}
            onClick={() => setEditing('new')}
          >
            {t('sites.addSite')}
          </Button>
        )
      }
    >
      {sites.length === 0 && <p className={css.empty}>{t('sites.noSites')}</p>}
      <ul className={css.list}>
        {sites.map((site) => (
          <li key={site.id}>
            <span className={css.words}>
              <Link to="/" search={{ site: site.id }}>
                {site.name}
              </Link>
              <small>
                {t('desk.things', { count: site.things })} · {t('agents.count', { count: site.agents })} ·{' '}
                {site.timeZone}
              </small>
            </span>
            {manages && (
              <span className={css.actions}>
                <Button size="compact-sm" variant="subtle" onClick={() => setEditing(site)}>
                  {t('shell.do.edit')}
                </Button>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  disabled={site.things > 0 || site.agents > 0}
                  title={site.things > 0 || site.agents > 0 ? t('sites.inUse') : undefined}
                  onClick={() => setRemoving(site)}
                >
                  {t('shell.do.remove')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {editing && (
        <NameDialog
          title={editing === 'new' ? t('sites.addSite') : t('sites.editSite')}
          action={editing === 'new' ? t('shell.do.add') : t('shell.do.save')}
          name={editing === 'new' ? '' : editing.name}
          timeZone={editing === 'new' ? Intl.DateTimeFormat().resolvedOptions().timeZone : editing.timeZone}
          onClose={() => setEditing(undefined)}
          onSave={save}
        />
      )}
      <ConfirmAction
        opened={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={t('sites.removeTitle', { name: removing?.name ?? '' })}
        action={t('shell.do.remove')}
        danger
        onConfirm={() => removing && remove(removing)}
      >
        <p>{t('sites.removeSiteText')}</p>
      </ConfirmAction>
    </PanelSection>
  );
}
