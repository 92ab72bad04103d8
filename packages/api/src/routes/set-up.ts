import * as z from 'zod';
import { Email, LinkToken, Name, Password } from '../fields.ts';
import { route } from '../route.ts';
import { Session } from './session.ts';

export const setUpRoutes = {
  setUp: route({
    method: 'POST',
    path: '/set-up',
    summary:
      'Make the first organisation and its owner, by the link that `vakhta serve` prints while there is none',
    access: 'public',
    body: z.strictObject({
      token: LinkToken,
      organisation: Name,
      name: Name,
      email: Email,
      password: Password,
    }),
    response: Session,
  }),
} as const;
