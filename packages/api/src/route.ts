import * as z from 'zod';
import type { Permission } from './permissions.ts';

/**
 * Who may call a route: anybody; anybody signed in, for their own account only, by an API token too ('signed-in') or
 * never by one ('session'); or a member whose roles hold the permission in the organisation of the request.
 */
export type Access = 'public' | 'signed-in' | 'session' | Permission;

/** Data of people other than whoever asks. */
export const PersonalData = z.enum(['members', 'invitations', 'audit']);
export type PersonalData = z.infer<typeof PersonalData>;

export interface RouteDeclaration {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /api/v1, with parameters in braces: '/things/{thing}'. */
  path: `/${string}`;
  summary: string;
  access: Access;
  /** Whose answer tells of other people: that it was asked is kept for them to see. */
  discloses?: PersonalData;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** The status of success; 200 unless said otherwise. */
  status?: 200 | 201 | 202 | 204;
  /** The body of success; absent where there is none (204). */
  response?: z.ZodType;
  /** A media type other than JSON. */
  produces?: string;
}

/** Declares one route of the API. Server, panel, OpenAPI and the permission test all read the same declaration. */
export const route = <const R extends RouteDeclaration>(declaration: R): R => declaration;

type Input<S> = S extends z.ZodType ? z.input<S> : undefined;
type Output<S> = S extends z.ZodType ? z.output<S> : undefined;
type Field<Name extends string, Value> = undefined extends Value
  ? Value extends undefined
    ? unknown
    : { [K in Name]?: Value }
  : { [K in Name]: Value };

/** A query none of whose fields has to be given can be left out whole. */
type Query<Value> = Record<string, never> extends Value ? { query?: Value } : Field<'query', Value>;

/** What a caller gives. */
export type RouteRequest<R extends RouteDeclaration> = Field<'params', Input<R['params']>> &
  Query<Input<R['query']>> &
  Field<'body', Input<R['body']>>;
/** What a handler gets. */
export type ParsedRequest<R extends RouteDeclaration> = {
  params: Output<R['params']>;
  query: Output<R['query']>;
  body: Output<R['body']>;
};
/** What a handler gives and a caller gets. */
export type RouteResponse<R extends RouteDeclaration> = R['response'] extends z.ZodType
  ? z.output<R['response']>
  : undefined;
