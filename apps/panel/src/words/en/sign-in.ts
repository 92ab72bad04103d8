/** Words of the sign-in screen and of every refusal of the API, by its code. */
export const signIn = {
  title: 'Sign in',
  lead: 'The watch desk',
  email: 'E-mail',
  password: 'Password',
  submit: 'Sign in',
  forgotten: 'Forgot the password? Whoever runs the server sets a new one with: vakhta member password.',
  nowhere: {
    title: 'You belong to no organisation',
    text: 'Ask an owner or a manager to add {{email}} as a member, then come back.',
  },
};

export const errors = {
  bad_request: 'The server did not understand the request.',
  invalid_field: 'Something is filled in wrongly.',
  not_signed_in: 'Your session has ended. Sign in again.',
  wrong_credentials: 'The e-mail or the password is wrong.',
  forbidden: 'Your role does not allow this.',
  not_found: 'It is not there any more.',
  conflict: 'It was changed meanwhile, or the name is taken. Look again and repeat.',
  in_use: 'It is still in use.',
  already_used: 'It has already been used.',
  last_owner: 'An organisation needs an owner: this is the last one.',
  unprocessable: 'This cannot be done with what was given.',
  no_such_action: 'This thing cannot do that.',
  too_large: 'It is too large.',
  too_many_requests: 'Too many attempts. Wait a minute and try again.',
  internal: 'The server made a mistake. Try again; if it repeats, tell whoever runs it.',
  unavailable: 'The server cannot do this now. Try again in a moment.',
  unreachable: 'The server cannot be reached. Check the network.',
  unexpected: 'Something went wrong: {{detail}}',
};

export const rules = {
  required: 'Needed',
  type: 'Of the wrong kind',
  integer: 'Must be a whole number',
  number: 'Must be a number',
  minimum: 'At least {{expected}}',
  maximum: 'At most {{expected}}',
  minLength_one: 'At least {{count}} character',
  minLength_other: 'At least {{count}} characters',
  maxLength_one: 'At most {{count}} character',
  maxLength_other: 'At most {{count}} characters',
  pattern: 'Not in the right form',
  enum: 'Not one of the choices',
  additionalProperties: 'Not a known field',
  email: 'Not an e-mail address',
  other: 'Not accepted: {{message}}',
};
