import {
  type ApiClient,
  casinoActRoutes,
  casinoGuestRoutes,
  type GuestColour,
  type GuestLabelKind,
} from '@vakhta/api';
import { type Clock, newId, systemRandom as random } from '@vakhta/kernel';

interface DemoLabel {
  kind: GuestLabelKind;
  name: string;
  colour: GuestColour;
  letter: string;
  service: string;
}

const labels: readonly DemoLabel[] = [
  {
    kind: 'status',
    name: 'VIP',
    colour: 'teal',
    letter: 'V',
    service: 'Встретить у входа, позвать управляющего',
  },
  {
    kind: 'status',
    name: 'Золотой',
    colour: 'gold',
    letter: 'З',
    service: 'Кофе и закуски за счёт заведения',
  },
  { kind: 'status', name: 'Бронзовый', colour: 'bronze', letter: 'Б', service: '' },
  { kind: 'group', name: 'Турнир', colour: 'violet', letter: 'Т', service: 'Звать на турнир по пятницам' },
];

interface DemoGuest {
  player: string;
  status?: string;
  group?: string;
  company?: string;
  phone?: string;
  born?: string;
  note?: string;
  excluded?: boolean;
}

const guests: readonly DemoGuest[] = [
  {
    player: 'Алексей Новик',
    status: 'VIP',
    company: 'Техкорп',
    phone: '+375 29 555-01-01',
    born: '1956-12-12',
  },
  { player: 'Анна Белая', status: 'VIP', group: 'Турнир', phone: '+375 29 555-01-02', born: '1987-07-19' },
  { player: 'Виктор Сорока', status: 'Золотой', company: 'Логистика плюс', born: '1978-06-07' },
  { player: 'Дарья Климович', status: 'Золотой', group: 'Турнир', phone: '+375 33 555-01-04' },
  { player: 'Евгений Рудый', status: 'Бронзовый', born: '1991-03-02' },
  { player: 'Елена Пташук', status: 'Бронзовый', phone: '+375 44 555-01-06' },
  { player: 'Кирилл Жук', group: 'Турнир', born: '1999-11-30' },
  { player: 'Людмила Заяц', note: 'Просит место у окна' },
  { player: 'Максим Гуринович', born: '1983-09-14' },
  { player: 'Наталья Буйко', status: 'Бронзовый' },
  { player: 'Сергей Ермак', excluded: true, note: 'Просил не пускать к игре до конца года' },
  { player: 'Юлия Трубач', phone: '+375 29 555-01-12' },
];
export const guestNames: readonly string[] = guests.map(({ player }) => player);

/** Gives the hall its guests with their cards, and what they are sorted by. What is there stays as it is. */
export async function seedGuests(
  api: ApiClient,
  { hall, clock }: { hall: string; clock: Clock },
): Promise<void> {
  const there = await api.call(casinoGuestRoutes.listGuestLabels, { params: { hall } });
  const ids = new Map(there.items.map(({ name, id }) => [name, id]));
  for (const [place, label] of labels.entries()) {
    if (ids.has(label.name)) continue;
    const id = newId({ clock, random });
    await api.call(casinoGuestRoutes.setGuestLabel, {
      params: { hall, label: id },
      body: { ...label, place },
    });
    ids.set(label.name, id);
  }
  const idOf = (name: string | undefined) => (name === undefined ? null : (ids.get(name) ?? null));
  const known = await api.call(casinoGuestRoutes.listPlayers, { params: { hall } });
  for (const { player, status, group, ...card } of guests) {
    if (known.items.some((one) => one.player === player)) continue;
    await api.call(casinoActRoutes.addPlayer, { params: { hall }, body: { player } });
    await api.call(casinoGuestRoutes.setGuestCard, {
      params: { hall, player },
      body: {
        ...{ company: null, phone: null, born: null, note: null, excluded: false, ...card },
        status: idOf(status),
        group: idOf(group),
      },
    });
  }
}
