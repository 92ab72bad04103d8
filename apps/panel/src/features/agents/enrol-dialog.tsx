import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Enrolment, routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { agentsQuery, useSites } from '../../app/directory.ts';
import { serverNow } from '../../app/server-time.ts';
import { useMay } from '../../app/session.ts';
import { useAttempt } from '../../ui/attempt.ts';
import { CopyField } from '../../ui/copy-field.tsx';
import { formatInstant } from '../../ui/format/time.ts';
import { Lamp } from '../../ui/lamp.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PlainForm } from '../../ui/plain-form.tsx';
import { useWords } from '../../words/words.ts';
import css from './agents-page.module.css';

interface EnrolDialogProps {
  /** A token already made, for an agent whose enrolment was renewed. */
  given: Enrolment | undefined;
  onClose(): void;
}

/** Names a new agent, then shows the command that brings it in and waits until it has come. */
export function EnrolDialog({ given, onClose }: EnrolDialogProps) {
  const { t } = useWords();
  const [enrolment, setEnrolment] = useState(given);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      centered
      title={enrolment ? t('agents.bring', { name: enrolment.agent.name }) : t('agents.enrol')}
      closeOnClickOutside={enrolment === undefined}
      closeButtonProps={{ 'aria-label': t('shell.do.close') }}
    >
      {enrolment ? (
        <WaitForAgent enrolment={enrolment} onClose={onClose} />
      ) : (
        <NameAgent onCreated={setEnrolment} onClose={onClose} />
      )}
    </Modal>
  );
}

function NameAgent({ onCreated, onClose }: { onCreated(enrolment: Enrolment): void; onClose(): void }) {
  const { t } = useWords();
  const queryClient = useQueryClient();
  const sites = useSites();
  const maySites = useMay()('sites.manage');
  const [name, setName] = useState('');
  const [chosen, setSite] = useState<string | null>(null);
  const site = chosen ?? (sites.size === 1 ? (sites.keys().next().value ?? null) : null);
  const create = async () => {
    if (!site) return;
    const made = await api.call(routes.createAgent, { body: { name, site } });
    await queryClient.invalidateQueries({ queryKey: ['agents'] });
    onCreated(made);
  };
  const { attempt, busy, refusal } = useAttempt(create, () => {});
  if (sites.size === 0)
    return (
      <div className={css.form}>
        <p className={css.note}>{t('agents.needSite')}</p>
        {maySites && <LinkButton to="/sites">{t('agents.toSites')}</LinkButton>}
      </div>
    );
  return (
    <PlainForm className={css.form} onSubmit={attempt}>
      <TextInput
        label={t('agents.name')}
        description={t('agents.nameHint')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={120}
        error={refusal}
        data-autofocus
      />
      <Select
        label={t('agents.site')}
        data={[...sites.values()].map(({ id, name: label }) => ({ value: id, label }))}
        value={site}
        onChange={setSite}
        allowDeselect={false}
      />
      <div className={css.buttons}>
        <Button variant="default" onClick={onClose}>
          {t('shell.do.cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={name.trim() === '' || !site}>
          {t('agents.getToken')}
        </Button>
      </div>
    </PlainForm>
  );
}

function WaitForAgent({ enrolment, onClose }: { enrolment: Enrolment; onClose(): void }) {
  const { t, language } = useWords();
  const mayAdd = useMay()('things.manage');
  const { data } = useQuery({ ...agentsQuery, refetchInterval: 2000 });
  const agent = data?.find(({ id }) => id === enrolment.agent.id) ?? enrolment.agent;
  const expires = formatInstant(Date.parse(enrolment.expires), serverNow(), language);
  const word = agent.online ? 'connected' : agent.status === 'enrolled' ? 'enrolled' : 'waiting';
  return (
    <div className={css.form}>
      <ol className={css.steps}>
        <li>{t('agents.step.install')}</li>
        <li>
          {t('agents.step.run')}
          <CopyField value={enrolment.command} label={t('agents.step.run')} />
          <span className={css.note}>{t('agents.step.once', { expires })}</span>
        </li>
        <li>
          {t('agents.step.start')}
          <CopyField value="npx vakhta agent" label={t('agents.step.start')} />
        </li>
      </ol>
      <div className={css.waiting} role="status" data-waiting={!agent.online || undefined}>
        <Lamp tone={agent.online ? 'good' : 'neutral'} word={t(`agents.wait.${word}`)} />
      </div>
      <div className={css.buttons}>
        {agent.online && mayAdd && <LinkButton to="/things/new">{t('desk.addThing')}</LinkButton>}
        <Button variant="default" onClick={onClose}>
          {agent.online ? t('shell.do.done') : t('shell.do.close')}
        </Button>
      </div>
    </div>
  );
}
