import { Anchor, Button, TextInput } from '@mantine/core';
import { IconDownload, IconLayoutGrid, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { LanguageSwitch } from '../../app/language-switch.tsx';
import { PageLoading } from '../../app/page-loading.tsx';
import { ThemeSwitch } from '../../app/theme-switch.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { CodeBlock } from './code-block.tsx';
import { type Reference, referenceQuery } from './open-api.ts';
import css from './reference-page.module.css';
import { RouteCard } from './route-card.tsx';

/** Every route of the API, for whoever writes a program; no session is needed to read it. */
export function ReferencePage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const { data, error } = useQuery(referenceQuery);
  useEffect(() => {
    document.title = `${t('reference.title')} · ${t('shell.brand')}`;
  }, [t]);
  return (
    <div className={css.page}>
      <a className={css.skip} href="#routes">
        {t('shell.skip')}
      </a>
      <header className={css.head}>
        <Link to="/" className={css.brand}>
          <img src="/icon.svg" alt="" width={30} height={30} />
          <span>{t('reference.title')}</span>
        </Link>
        <div className={css.switches}>
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </header>
      {error && <p className={css.problem}>{textOf(error)}</p>}
      {!data && !error && <PageLoading />}
      {data && <Routes reference={data} />}
    </div>
  );
}

function Routes({ reference }: { reference: Reference }) {
  const { t, say } = useWords();
  const hash = useRouterState({ select: ({ location }) => location.hash });
  const [query, setQuery] = useState('');
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [language, setLanguage] = useState('curl');
  const toggle = (id: string, open: boolean) =>
    setOpened((former) => {
      const next = new Set(former);
      if (open) next.add(id);
      else next.delete(id);
      return next;
    });

  // A link to a route opens it.
  useEffect(() => {
    if (hash === '') return;
    setOpened((former) => new Set(former).add(hash));
    requestAnimationFrame(() => document.getElementById(hash)?.scrollIntoView());
  }, [hash]);

  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = reference.groups
    .map((group) => ({
      ...group,
      routes: group.routes.filter(({ operationId, path, summary, method }) => {
        const text = `${method} ${path} ${summary} ${operationId} ${say(group.title)}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ routes }) => routes.length > 0);

  return (
    <div className={css.columns}>
      <nav className={css.groups} aria-label={t('reference.groups')}>
        {groups.map(({ anchor, title, routes }) => (
          <a key={anchor} href={`#${anchor}`}>
            {say(title)}
            <span>{routes.length}</span>
          </a>
        ))}
      </nav>
      <main id="routes" className={css.main} tabIndex={-1}>
        <Introduction version={reference.version} />
        <TextInput
          className={css.search}
          leftSection={<IconSearch size={18} />}
          placeholder={t('reference.find')}
          aria-label={t('reference.find')}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        {groups.length === 0 && (
          <EmptyState
            icon={<IconSearch size={40} stroke={1.4} />}
            title={t('reference.none.title')}
            text={t('reference.none.text')}
          />
        )}
        {groups.map(({ anchor, title, routes }) => (
          <section key={anchor} id={anchor} className={css.group}>
            <h2>{say(title)}</h2>
            {routes.map((route) => (
              <RouteCard
                key={route.operationId}
                route={route}
                schemas={reference.schemas}
                opened={opened.has(route.operationId)}
                onToggle={(open) => toggle(route.operationId, open)}
                language={language}
                onLanguage={setLanguage}
              />
            ))}
          </section>
        ))}
      </main>
    </div>
  );
}

function Introduction({ version }: { version: string }) {
  const { t } = useWords();
  return (
    <section className={css.introduction}>
      <div>
        <h1>{t('reference.title')}</h1>
        <p>{t('reference.lead', { version })}</p>
        <p>
          {t('reference.token')}{' '}
          <Anchor component={Link} to="/account">
            {t('reference.toTokens')}
          </Anchor>
        </p>
        <p>{t('reference.lists')}</p>
        <p>{t('reference.failures')}</p>
        <div className={css.buttons}>
          <Button
            component="a"
            href="/api/openapi.json"
            download
            variant="default"
            leftSection={<IconDownload size={16} />}
          >
            openapi.json
          </Button>
          <Button component={Link} to="/" variant="default" leftSection={<IconLayoutGrid size={16} />}>
            {t('reference.toDesk')}
          </Button>
        </div>
      </div>
      <div className={css.beginnings}>
        <CodeBlock
          title="curl"
          label="curl"
          code={`DESK=${location.origin}\nTOKEN=vakhta_…\n${FIRST_CALL}`}
        />
        <CodeBlock
          title="@vakhta/sdk"
          label="@vakhta/sdk"
          code={`import { openDesk, routes } from '@vakhta/sdk';\n\nconst desk = openDesk({\n  server: '${location.origin}',\n  token: process.env.TOKEN,\n});`}
        />
      </div>
    </section>
  );
}

const FIRST_CALL = 'curl -H "Authorization: Bearer $TOKEN" \\\n  "$DESK/api/v1/things"';
