import { Checkbox } from '@mantine/core';
import { Role } from '@vakhta/api';
import { useSession } from '../../app/session.ts';
import { useWords } from '../../words/words.ts';
import css from './members-page.module.css';

/** The roles of somebody, each with what it allows. Only an owner makes or unmakes an owner. */
export function RoleChecks({ value, onChange }: { value: readonly Role[]; onChange(roles: Role[]): void }) {
  const { t } = useWords();
  const isOwner = useSession().membership?.roles.includes('owner') === true;
  return (
    <Checkbox.Group
      label={t('members.roles')}
      value={[...value]}
      onChange={(chosen) => onChange(Role.options.filter((role) => chosen.includes(role)))}
    >
      <div className={css.checks}>
        {Role.options.map((role) => (
          <Checkbox
            key={role}
            value={role}
            label={t(`shell.role.${role}`)}
            description={t(`members.about.${role}`)}
            disabled={role === 'owner' && !isOwner}
          />
        ))}
      </div>
    </Checkbox.Group>
  );
}
