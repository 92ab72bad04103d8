import { Button, MultiSelect } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type Group, routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { useGroups, useSites, useThings } from '../../app/directory.ts';
import { useMay } from '../../app/session.ts';
import { ConfirmAction } from '../../ui/confirm-action.tsx';
import { PanelSection } from '../../ui/panel-section.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { NameDialog } from './name-dialog.tsx';
import css from './sites-page.module.css';

/** Groups and which things are in them. */
export function GroupList() {
  const { t } = useWords();
  const manages = useMay()('sites.manage');
  const queryClient = useQueryClient();
  const groups = [...useGroups().values()];
  const [editing, setEditing] = useState<Group | 'new'>();
  const [filling, setFilling] = useState<string>();
  const [removing, setRemoving] = useState<Group>();
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: ['groups'] }),
      queryClient.invalidateQueries({ queryKey: ['things'] }),
    ]);
  const save = async (name: string) => {
    if (editing === 'new') {
      const made = await api.call(routes.createGroup, { body: { name } });
      setFilling(made.id);
    } else if (editing) await api.call(routes.changeGroup, { params: { group: editing.id }, body: { name } });
    await refresh();
  };
  const remove = async (group: Group) => {
    await api.call(routes.removeGroup, { params: { group: group.id } });
    await refresh();
  };
  return (
    <PanelSection
      title={t('sites.groups')}
      text={t('sites.groupsText')}
      aside={
        manages && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={15} />}
            onClick={() => setEditing('new')}
          >
            {t('sites.addGroup')}
          </Button>
        )
      }
    >
      {groups.length === 0 && <p className={css.empty}>{t('sites.noGroups')}</p>}
      <ul className={css.list}>
        {groups.map((group) => (
          <li key={group.id}>
            <span className={css.words}>
              <Link to="/" search={{ group: group.id }}>
                {group.name}
              </Link>
              <small>{t('desk.things', { count: group.things.length })}</small>
            </span>
            {manages && (
              <span className={css.actions}>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-expanded={filling === group.id}
                  onClick={() => setFilling(filling === group.id ? undefined : group.id)}
                >
                  {t('sites.things')}
                </Button>
                <Button size="compact-sm" variant="subtle" onClick={() => setEditing(group)}>
                  {t('shell.do.rename')}
                </Button>
                <Button size="compact-sm" variant="subtle" color="red" onClick={() => setRemoving(group)}>
                  {t('shell.do.remove')}
                </Button>
              </span>
            )}
            {filling === group.id && <GroupThings group={group} onSaved={refresh} />}
          </li>
        ))}
      </ul>
      {editing && (
        <NameDialog
          title={editing === 'new' ? t('sites.addGroup') : t('sites.editGroup')}
          action={editing === 'new' ? t('shell.do.add') : t('shell.do.save')}
          name={editing === 'new' ? '' : editing.name}
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
        <p>{t('sites.removeGroupText')}</p>
      </ConfirmAction>
    </PanelSection>
  );
}

function GroupThings({ group, onSaved }: { group: Group; onSaved(): Promise<unknown> }) {
  const { t } = useWords();
  const textOf = useErrorText();
  const sites = useSites();
  const all = useThings();
  const [chosen, setChosen] = useState(group.things);
  const save = useMutation({
    mutationFn: () => api.call(routes.changeGroup, { params: { group: group.id }, body: { things: chosen } }),
    onSuccess: onSaved,
  });
  const bySite = Map.groupBy(all.values(), (thing) => sites.get(thing.site)?.name ?? '');
  const data = [...bySite].map(([site, things]) => ({
    group: site,
    items: things.map(({ id, name }) => ({ value: id, label: name })),
  }));
  return (
    <div className={css.fill}>
      <MultiSelect
        aria-label={t('sites.things')}
        placeholder={t('sites.chooseThings')}
        data={data}
        value={chosen}
        onChange={setChosen}
        searchable
        hidePickedOptions
        clearable
        nothingFoundMessage={t('form.nothingFound')}
        error={save.error && textOf(save.error)}
      />
      <Button
        loading={save.isPending}
        disabled={chosen.length === group.things.length && chosen.every((id) => group.things.includes(id))}
        onClick={() => save.mutate()}
      >
        {t('shell.do.save')}
      </Button>
    </div>
  );
}
