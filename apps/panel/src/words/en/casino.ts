/** Words of the frame around a hall's pages. */
export const casino = {
  title: 'Casino',
  lead: 'Machines, guests, money and game days of each hall.',
  hall: 'Hall',
  gameDay: 'Game day',
  noHalls: 'No hall yet',
  noHallsText: 'A manager makes a site a hall; then its machines appear here.',
  noHallsManager: 'Make one of your sites a hall: its zone, its currency, when its game day begins.',
  noSuchHall: 'There is no such hall',
  noSuchHallText: 'The address may be of another organisation, or the hall was removed.',
  tabs: {
    label: 'Pages of the hall',
    floor: 'Floor',
    desk: 'Cash desk',
    handpays: 'Handpays',
    players: 'Guests',
    inbox: 'Inbox',
    approvals: 'Approvals',
    days: 'Game days',
    reports: 'Reports',
    setUp: 'Set-up',
  },
};
