import { Button, Switch } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type AlertRule, routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { PageLoading } from '../../app/page-loading.tsx';
import { useMay } from '../../app/session.ts';
import { ConfirmAction } from '../../ui/confirm-action.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { tellRefused } from '../../ui/notify.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { alertRulesQuery } from './alert-lists.ts';
import { AlertTabs } from './alert-tabs.tsx';
import css from './alerts.module.css';
import { RuleDialog } from './rule-dialog.tsx';
import { SeverityMark } from './severity-mark.tsx';
import { useRuleText } from './use-rule-text.ts';

/** What people are told of. */
export function RulesPage() {
  const { t, say } = useWords();
  const textOf = useErrorText();
  const queryClient = useQueryClient();
  const manages = useMay()('alerts.manage');
  const { data: rules, error } = useQuery(alertRulesQuery);
  const [editing, setEditing] = useState<AlertRule | 'new'>();
  const [removing, setRemoving] = useState<AlertRule>();
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['alertRules'] });
  const nameOf = (rule: AlertRule) => (rule.builtIn ? say(rule.builtIn.title) : rule.name);
  const turn = async (rule: AlertRule, enabled: boolean) => {
    await api
      .call(routes.changeAlertRule, { params: { rule: rule.id }, body: { enabled } })
      .catch((failure: unknown) => tellRefused(textOf(failure)));
    await refresh();
  };
  const remove = async (rule: AlertRule) => {
    await api.call(routes.removeAlertRule, { params: { rule: rule.id } });
    await refresh();
  };
  return (
    <>
      <PageHead title={t('alertRules.title')} text={t('alertRules.lead')}>
        {manages && (
          <Button leftSection={<IconPlus size={17} />} onClick={() => setEditing('new')}>
            {t('alertRules.add')}
          </Button>
        )}
      </PageHead>
      <AlertTabs />
      {error && !rules && <EmptyState title={t('shell.failedToLoad')} text={textOf(error)} />}
      {!rules && !error && <PageLoading />}
      <ul className={css.list}>
        {rules?.map((rule) => (
          <li key={rule.id}>
            <RuleRow rule={rule} name={nameOf(rule)}>
              {manages && (
                <>
                  <Switch
                    checked={rule.enabled}
                    aria-label={t('alertRules.switch', { name: nameOf(rule) })}
                    onChange={(event) => void turn(rule, event.currentTarget.checked)}
                  />
                  <Button size="compact-sm" variant="subtle" onClick={() => setEditing(rule)}>
                    {t('shell.do.edit')}
                  </Button>
                  {!rule.builtIn && (
                    <Button size="compact-sm" variant="subtle" color="red" onClick={() => setRemoving(rule)}>
                      {t('shell.do.remove')}
                    </Button>
                  )}
                </>
              )}
            </RuleRow>
          </li>
        ))}
      </ul>
      {editing && (
        <RuleDialog
          rule={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onSaved={refresh}
        />
      )}
      <ConfirmAction
        opened={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={t('alertRules.removeTitle', { name: removing?.name ?? '' })}
        action={t('shell.do.remove')}
        danger
        onConfirm={() => removing && remove(removing)}
      >
        <p>{t('alertRules.removeText')}</p>
      </ConfirmAction>
    </>
  );
}

function RuleRow({ rule, name, children }: { rule: AlertRule; name: string; children: React.ReactNode }) {
  const { t, say } = useWords();
  const textOf = useRuleText();
  return (
    <article className={css.rule} data-off={!rule.enabled || undefined}>
      <div>
        <h3>
          <SeverityMark severity={rule.severity} /> {name}
          {rule.builtIn && <small>{t('alertRules.builtIn')}</small>}
          {rule.alerts > 0 && <small>{t('alertRules.alerts', { count: rule.alerts })}</small>}
        </h3>
        <p>{textOf(rule)}</p>
        {rule.builtIn && <p>{say(rule.builtIn.help)}</p>}
      </div>
      <div className={css.actions}>{children}</div>
    </article>
  );
}
