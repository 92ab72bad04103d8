/** Words of the desk. */
export const desk = {
  title: 'Desk',
  addThing: 'Add a thing',
  all: 'All',
  byState: 'By state',
  search: 'Search by name or site',
  bySite: 'Site',
  everySite: 'Every site',
  byGroup: 'Group',
  everyGroup: 'Every group',
  size: {
    label: 'Card size',
    small: 'Small cards',
    medium: 'Medium cards',
    large: 'Large cards with a picture',
  },
  things_one: '{{count}} thing',
  things_other: '{{count}} things',
  select: 'Select {{name}}',
  selectSite: 'Select all',
  selection: 'What is selected',
  selected_one: '{{count}} selected',
  selected_other: '{{count}} selected',
  clearSelection: 'Let go of the selection',
  kind: 'Kind of thing',
  moreActions: 'More',
  noCommands: 'Nothing asked yet',
  checkedTitle: 'When it was last heard of',
  nothing: {
    title: 'Nothing like this',
    text: 'No thing fits the search and the filters.',
    action: 'Clear the filters',
  },
  empty: {
    noAgents: {
      title: 'Start with an agent',
      text: 'An agent is our program on a small computer beside the machines. Enrol one, and you can add what it looks after.',
      action: 'Enrol an agent',
    },
    noThings: {
      title: 'Add the first thing',
      text: 'The agent is there. Tell it which machine to look after: its kind, its name and how to reach it.',
    },
    notYours: {
      title: 'Nothing here yet',
      text: 'Things appear as soon as a manager has added them.',
    },
  },
};
export const picture = {
  of: 'Picture of {{name}}',
  none: 'No picture yet',
  take: 'Take a picture',
  again: 'Take another',
  taking: 'Being taken…',
};
