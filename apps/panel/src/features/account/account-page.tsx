import { Anchor, Button, Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { LanguageSwitch } from '../../app/language-switch.tsx';
import { chooseOrganisation } from '../../app/organisation.ts';
import { useMay, useSession } from '../../app/session.ts';
import { useSignOut } from '../../app/sign-out.ts';
import { ThemeSwitch } from '../../app/theme-switch.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { PanelSection } from '../../ui/panel-section.tsx';
import { useWords } from '../../words/words.ts';
import css from './account-page.module.css';
import { ApiTokens } from './api-tokens.tsx';
import { DataAccessHistory } from './data-access-history.tsx';
import { NotificationForm } from './notification-form.tsx';
import { OrganisationName } from './organisation-name.tsx';
import { OwnSessions } from './own-sessions.tsx';
import { Passkeys } from './passkeys.tsx';
import { PasswordForm } from './password-form.tsx';
import { SecondFactor } from './second-factor.tsx';
import { SecondFactorRule } from './second-factor-rule.tsx';
import { SignInHistory } from './sign-in-history.tsx';

/** What belongs to the signed-in person: who they are here, how the panel looks, their password and tokens. */
export function AccountPage() {
  const { t } = useWords();
  const { session, membership } = useSession();
  const signOut = useSignOut();
  const may = useMay();
  const shutOut = membership?.lacksSecondFactor === true;
  return (
    <>
      <PageHead title={t('account.title')} text={`${session.user.name} · ${session.user.email}`}>
        <Button variant="default" onClick={() => signOut.mutate()} loading={signOut.isPending}>
          {t('shell.do.signOut')}
        </Button>
      </PageHead>
      {shutOut && (
        <p className={css.needed} role="status">
          <strong>
            {t('account.secondFactor.neededTitle', { organisation: membership.organisation.name })}
          </strong>
          {t('account.secondFactor.neededText')}
        </p>
      )}
      <div className={css.grid}>
        <PanelSection title={t('account.appearance')} text={t('account.onThisDevice')}>
          <div className={css.switches}>
            <LanguageSwitch />
            <ThemeSwitch />
          </div>
        </PanelSection>
        {membership && (
          <PanelSection title={t('account.organisation.title')}>
            <p className={css.roles}>
              {t('account.roles', { organisation: membership.organisation.name })}:{' '}
              <strong>{membership.roles.map((role) => t(`shell.role.${role}`)).join(', ')}</strong>
            </p>
            {session.memberships.length > 1 && (
              <Select
                label={t('account.organisation.switch')}
                value={membership.organisation.id}
                data={session.memberships.map(({ organisation }) => ({
                  value: organisation.id,
                  label: organisation.name,
                }))}
                allowDeselect={false}
                onChange={(id) => chooseOrganisation(id ?? undefined)}
              />
            )}
            {may('organisation.manage') && (
              <div className={css.form}>
                <OrganisationName name={membership.organisation.name} />
                <SecondFactorRule />
              </div>
            )}
          </PanelSection>
        )}
        {may('alerts.view') && (
          <PanelSection title={t('account.notifications.title')} text={t('account.notifications.text')}>
            <NotificationForm />
          </PanelSection>
        )}
        <PanelSection title={t('account.password.title')} text={t('account.password.consequence')}>
          <PasswordForm />
        </PanelSection>
        <PanelSection title={t('account.secondFactor.title')} text={t('account.secondFactor.text')}>
          <SecondFactor />
        </PanelSection>
        <PanelSection title={t('account.passkeys.title')} text={t('account.passkeys.text')}>
          <Passkeys />
        </PanelSection>
        <PanelSection title={t('account.sessions.title')} text={t('account.sessions.text')}>
          <OwnSessions />
        </PanelSection>
        <PanelSection title={t('account.signIns.title')} text={t('account.signIns.text')}>
          <SignInHistory />
        </PanelSection>
        {membership && !shutOut && (
          <PanelSection title={t('account.dataAccess.title')} text={t('account.dataAccess.text')}>
            <DataAccessHistory />
          </PanelSection>
        )}
        {membership && !shutOut && (
          <PanelSection
            title={t('account.tokens.title')}
            text={t('account.tokens.text')}
            aside={
              <Anchor component={Link} to="/reference" size="sm">
                {t('reference.link')}
              </Anchor>
            }
          >
            <ApiTokens />
          </PanelSection>
        )}
      </div>
    </>
  );
}
