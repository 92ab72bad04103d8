/** Words of the page of the desk's settings; what they are called stands with their declaration. */
export const settings = {
  title: 'Settings',
  lead: 'For the whole desk and all its organisations. Changes apply at once, on every server of it; what the environment sets is fixed.',
  notSet: 'not set',
  keep: 'Left empty, it stays as it is.',
  takeBack: 'Back to the defaults',
  source: {
    environment: 'Set by the environment:',
    panel: 'Set here',
    default: 'By default',
  },
};
