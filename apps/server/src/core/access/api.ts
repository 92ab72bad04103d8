import type { ApiServer } from '../../platform/http/api-server.ts';
import type { Account, Principal } from './principal.ts';

/** The API server as our routes see it: handlers get an `account` and, where a permission is declared, a `principal`. */
export type Api = ApiServer<Account, Principal>;
