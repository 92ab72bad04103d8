import { useMantineColorScheme } from '@mantine/core';
import {
  IconApi,
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconPlus,
  IconSun,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { createElement } from 'react';
import { useModels, useSites, useThings } from '../../app/directory.ts';
import { useSections } from '../../app/sections.ts';
import { useMay } from '../../app/session.ts';
import { useSignOut } from '../../app/sign-out.ts';
import { ThingIcon } from '../../ui/thing-icon.tsx';
import { useWords } from '../../words/words.ts';

export interface PaletteEntry {
  id: string;
  title: string;
  /** What tells it from another of the same name. */
  detail: string;
  icon: ReactNode;
  run(): void;
}

const ICON = 18;

/** Everything that the palette can find: sections, things, and what can be done from anywhere. */
export function usePaletteEntries(openKeys: () => void): PaletteEntry[] {
  const { t } = useWords();
  const navigate = useNavigate();
  const may = useMay();
  const sections = useSections();
  const [things, sites, models] = [useThings(), useSites(), useModels()];
  const signOut = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const section = t('palette.section');
  const doing = t('palette.doing');
  const other = colorScheme === 'light' ? 'dark' : 'light';
  return [
    ...sections.map(({ name, to, icon }) => ({
      id: `section ${name}`,
      title: t(`shell.nav.${name}`),
      detail: section,
      icon: createElement(icon, { size: ICON }),
      run: () => void navigate({ to }),
    })),
    {
      id: 'wall',
      title: t('wall.title'),
      detail: section,
      icon: createElement(IconDeviceDesktop, { size: ICON }),
      run: () => void navigate({ to: '/wall' }),
    },
    {
      id: 'reference',
      title: t('reference.title'),
      detail: section,
      icon: createElement(IconApi, { size: ICON }),
      run: () => void navigate({ to: '/reference' }),
    },
    ...(may('things.manage')
      ? [
          {
            id: 'add thing',
            title: t('desk.addThing'),
            detail: doing,
            icon: createElement(IconPlus, { size: ICON }),
            run: () => void navigate({ to: '/things/new' }),
          },
        ]
      : []),
    {
      id: 'theme',
      title: t(`palette.theme.${other}`),
      detail: doing,
      icon: createElement(other === 'light' ? IconSun : IconMoon, { size: ICON }),
      run: () => setColorScheme(other),
    },
    {
      id: 'keys',
      title: t('keys.title'),
      detail: doing,
      icon: createElement(IconKeyboard, { size: ICON }),
      run: openKeys,
    },
    {
      id: 'sign out',
      title: t('shell.do.signOut'),
      detail: doing,
      icon: createElement(IconLogout, { size: ICON }),
      run: () => signOut.mutate(),
    },
    ...[...things.values()].map((thing) => ({
      id: thing.id,
      title: thing.name,
      detail: sites.get(thing.site)?.name ?? '',
      icon: createElement(ThingIcon, { name: models.get(thing.model)?.icon, size: ICON }),
      run: () => void navigate({ to: '/things/$thing', params: { thing: thing.id } }),
    })),
  ];
}
