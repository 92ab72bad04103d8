import { SegmentedControl } from '@mantine/core';
import { IconLink, IconLock, IconLockOpen, IconUser } from '@tabler/icons-react';
import { type Permission, permissions } from '@vakhta/api';
import { useWords } from '../../words/words.ts';
import { CodeBlock } from './code-block.tsx';
import { FieldTable } from './field-table.tsx';
import { fieldOf, fieldsOf } from './fields-of.ts';
import type { Reference, Route } from './open-api.ts';
import css from './route-card.module.css';

interface RouteCardProps {
  route: Route;
  schemas: Reference['schemas'];
  opened: boolean;
  onToggle(opened: boolean): void;
  /** Which of the samples is shown, everywhere the same. */
  language: string;
  onLanguage(language: string): void;
}

/** One route: a line that opens to all that can be said of it. */
export function RouteCard(props: RouteCardProps) {
  const { route, opened, onToggle } = props;
  return (
    <details
      id={route.operationId}
      className={css.card}
      open={opened}
      onToggle={(event) => {
        if (event.currentTarget.open !== opened) onToggle(event.currentTarget.open);
      }}
    >
      <summary className={css.line}>
        <span className={css.method} data-method={route.method}>
          {route.method}
        </span>
        <Path path={route.path} />
        <span className={css.summary}>{route.summary}</span>
      </summary>
      {opened && <Opened {...props} />}
    </details>
  );
}

/** The path with what has to be filled in set off. */
function Path({ path }: { path: string }) {
  const parts = path.split(/(\{\w+\})/);
  return (
    <code className={css.path}>
      {parts.map((part, index) =>
        part.startsWith('{') ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a path never changes
          <span key={index} className={css.param}>
            {part}
          </span>
        ) : (
          part.replaceAll('/', '/\u200b')
        ),
      )}
    </code>
  );
}

function Opened({ route, schemas, language, onLanguage }: RouteCardProps) {
  const { t } = useWords();
  const body = Object.values(route.requestBody?.content ?? {})[0];
  const [status, success] = Object.entries(route.responses)[0] ?? ['', undefined];
  const [mediaType, answer] = Object.entries(success?.content ?? {})[0] ?? ['', undefined];
  const sample = route['x-codeSamples'].find(({ label }) => label === language) ?? route['x-codeSamples'][0];
  const parameters = (place: 'path' | 'query') =>
    route.parameters
      .filter((parameter) => parameter.in === place)
      .map(({ name, required, schema }) => fieldOf(name, required, schema, schemas));
  return (
    <div className={css.body}>
      <div className={css.facts}>
        <div className={css.marks}>
          <Access access={route['x-access']} />
          <a className={css.anchor} href={`#${route.operationId}`}>
            <IconLink size={14} aria-hidden />
            {route.operationId}
          </a>
        </div>
        <FieldTable title={t('reference.inPath')} fields={parameters('path')} />
        <FieldTable title={t('reference.inQuery')} fields={parameters('query')} />
        {body?.schema && <FieldTable title={t('reference.body')} fields={fieldsOf(body.schema, schemas)} />}
        {answer?.schema && (
          <FieldTable title={t('reference.answer')} fields={fieldsOf(answer.schema, schemas)} />
        )}
        <Refusals route={route} />
      </div>
      <div className={css.samples}>
        {sample && (
          <CodeBlock
            title={
              <SegmentedControl
                size="xs"
                aria-label={t('reference.sample')}
                value={sample.label}
                onChange={onLanguage}
                data={route['x-codeSamples'].map(({ label }) => label)}
              />
            }
            label={sample.label}
            code={sample.source}
          />
        )}
        {body?.example !== undefined && (
          <CodeBlock
            title={t('reference.body')}
            label={t('reference.body')}
            json
            code={pretty(body.example)}
          />
        )}
        {answer?.example === undefined ? (
          <p className={css.nothing}>
            <Status status={status} />
            {mediaType || t('reference.nothing')}
          </p>
        ) : (
          <CodeBlock
            title={
              <>
                <Status status={status} />
                {mediaType}
              </>
            }
            label={t('reference.answer')}
            json
            code={pretty(answer.example)}
          />
        )}
      </div>
    </div>
  );
}

const pretty = (value: unknown): string => JSON.stringify(value, undefined, 2);

function Access({ access }: { access: string }) {
  const { t, say } = useWords();
  if (access === 'public')
    return (
      <span className={css.access}>
        <IconLockOpen size={15} aria-hidden />
        {t('reference.access.public')}
      </span>
    );
  if (access === 'session' || access === 'signed-in')
    return (
      <span className={css.access}>
        <IconUser size={15} aria-hidden />
        {access === 'session' ? t('reference.access.session') : t('reference.access.signedIn')}
      </span>
    );
  return (
    <span className={css.access}>
      <IconLock size={15} aria-hidden />
      {say(permissions[access as Permission])}
      <code>{access}</code>
    </span>
  );
}

function Refusals({ route }: { route: Route }) {
  const { t } = useWords();
  const refusals = Object.entries(route.responses).filter(([status]) => !status.startsWith('2'));
  return (
    <section>
      <h4 className={css.title}>{t('reference.errors')}</h4>
      <ul className={css.refusals}>
        {refusals.map(([status, { description }]) => (
          <li key={status}>
            {status === 'default' ? <span /> : <Status status={status} />}
            <span>{description}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const Status = ({ status }: { status: string }) => (
  <span className={css.status} data-good={status.startsWith('2') || undefined}>
    {status}
  </span>
);
