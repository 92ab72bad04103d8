import { account } from './account.ts';
import { shell } from './shell.ts';
import { errors, rules, signIn } from './sign-in.ts';
import { size, time } from './time.ts';

export const en = { shell, signIn, errors, rules, account, time, size };
