/** Words of the palette and of the map of keys. */
export const palette = {
  title: 'Find and do',
  find: 'A section, a thing, something to do…',
  nothing: 'Nothing of that name.',
  section: 'Section',
  doing: 'Action',
  theme: { dark: 'Switch to dark', light: 'Switch to light' },
};

export const keys = {
  title: 'Keyboard',
  everywhere: 'Everywhere',
  go: 'Go to',
  palette: 'Find a section, a thing or something to do',
  map: 'This list',
  search: 'Search',
  selectAll: 'Select all that is shown',
  letGo: 'Let go of the selection',
  layout: 'Letters go by the place of the key: the layout does not matter.',
};

export const wall = {
  title: 'Wall view',
  open: 'Wall view',
  leave: 'Leave the wall view',
  alerts: 'Open alerts',
  andMore: 'and {{count}} more',
  empty: 'There is nothing to show yet: add things to the desk.',
};
