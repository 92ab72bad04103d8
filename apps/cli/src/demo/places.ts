/** The demo's metro: made-up stations, in the words that its operators use. */
const stations = [
  'Набережная',
  'Площадь Мастеров',
  'Ботанический сад',
  'Трамвайная',
  'Северный вокзал',
] as const;

/** Where a station's TVs hang. */
const spots = [
  { place: 'Платформа 1', group: 'Платформы 1', screens: 4 },
  { place: 'Платформа 2', group: 'Платформы 2', screens: 4 },
  { place: 'Вестибюль', group: 'Вестибюли', screens: 2 },
] as const;

export interface Screen {
  station: string;
  group: string;
  /** Told apart from others by its station. */
  name: string;
}

/** Every TV of the demo, in the order the simulator makes them. */
export const screens: readonly Screen[] = stations.flatMap((station) =>
  spots.flatMap(({ place, group, screens }) =>
    Array.from({ length: screens }, (_, index) => ({
      station,
      group,
      name: `${place}, ТВ ${index + 1}`,
    })),
  ),
);

export const stationNames: readonly string[] = stations;
export const groupNames: readonly string[] = spots.map(({ group }) => group);
