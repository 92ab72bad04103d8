/** Words around the description of the API, which itself is in English. */
export const reference = {
  title: 'API reference',
  lead: 'Everything the panel does goes through these routes. This is what the server of version {{version}} checks requests and answers by; the examples fit it.',
  token:
    'A program shows a token: it acts as the person who made it, in one organisation, and can be given less than they may.',
  toTokens: 'Make a token',
  lists: 'Lists come in pages: “next” is the “cursor” of the following one, null at the end.',
  failures:
    'An error has a code that stays, a message for engineers, and, where one field is wrong, its name and the broken rule.',
  toDesk: 'To the desk',
  link: 'API reference',
  groups: 'Groups of routes',
  find: 'Find a route…',
  none: { title: 'No such route', text: 'Try a part of the path or of what it does.' },
  inPath: 'In the path',
  inQuery: 'In the query',
  body: 'Body',
  answer: 'Answer',
  nothing: 'Nothing in the body',
  errors: 'Errors',
  required: 'required',
  preset: '{{value}} unless given',
  sample: 'Example for',
  access: {
    public: 'Anybody, no token needed',
    signedIn: 'Whoever is signed in, for themselves; a token will do',
    session: 'A person signed in by a browser; never a token',
  },
};
