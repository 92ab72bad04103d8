/** Words of the first steps of a new desk. */
export const setUp = {
  title: 'Set the desk up',
  text: 'Nobody owns this desk yet. You will be its first owner.',
  needsLink: 'Open the link that “vakhta serve” printed when it started: whoever runs the server has it.',
  taken: 'This desk has an owner already',
  takenText: 'Sign in, or ask an owner to invite you.',
  organisation: 'Organisation',
  organisationHint: 'Whose desk it is: “Minsk Metro”.',
  submit: 'Open the desk',
  welcome: 'First steps',
  welcomeText: 'From an empty desk to the first machine on it.',
  done: 'Done',
  owner: { title: 'An owner', text: 'That is you. Others you invite on the members page.' },
  site: {
    title: 'A site',
    text: 'A place where machines stand: a station, a hall, an estate.',
  },
  agent: {
    title: 'An agent',
    text: 'Our program on a small computer beside the machines. It speaks their language and holds one connection to this desk.',
    look: 'Look at the agents',
  },
  thing: {
    title: 'A machine',
    text: 'The first TV, or whatever else the agent has a driver for.',
  },
  open: 'To the desk',
  later: 'Go on later',
};
