import {
  IconActivity,
  IconBell,
  IconCards,
  IconCoin,
  IconLayoutGrid,
  IconMapPin,
  IconServer2,
  IconSettings,
  IconShieldCheck,
  IconUserCircle,
  IconUsers,
} from '@tabler/icons-react';
import type { Permission } from '@vakhta/api';
import { useMay } from './session.ts';

interface SectionShape {
  name: string;
  to: string;
  icon: typeof IconActivity;
  /** What a member must be allowed to have it shown. */
  needs: Permission | undefined;
  /** The key that opens it after `g`, by its place on the keyboard. */
  key: `Key${string}`;
}

/** The desk's sections, in the order of the rail. */
const sections = [
  { name: 'desk', to: '/', icon: IconLayoutGrid, needs: 'things.view', key: 'KeyD' },
  { name: 'casino', to: '/casino', icon: IconCoin, needs: 'casino.view', key: 'KeyH' },
  { name: 'alerts', to: '/alerts', icon: IconBell, needs: 'alerts.view', key: 'KeyA' },
  { name: 'commands', to: '/commands', icon: IconActivity, needs: 'things.view', key: 'KeyC' },
  { name: 'sites', to: '/sites', icon: IconMapPin, needs: 'things.view', key: 'KeyS' },
  { name: 'agents', to: '/agents', icon: IconServer2, needs: 'agents.view', key: 'KeyG' },
  { name: 'members', to: '/members', icon: IconUsers, needs: 'members.view', key: 'KeyM' },
  { name: 'audit', to: '/audit', icon: IconShieldCheck, needs: 'audit.view', key: 'KeyL' },
  { name: 'settings', to: '/settings', icon: IconSettings, needs: 'desk.manage', key: 'KeyO' },
  { name: 'analyzer', to: '/analyzer', icon: IconCards, needs: undefined, key: 'KeyB' },
  { name: 'account', to: '/account', icon: IconUserCircle, needs: undefined, key: 'KeyP' },
] as const satisfies readonly SectionShape[];

export type Section = (typeof sections)[number];

/** The sections of whoever is signed in. */
export function useSections(): readonly Section[] {
  const may = useMay();
  return sections.filter(({ needs }) => needs === undefined || may(needs));
}
