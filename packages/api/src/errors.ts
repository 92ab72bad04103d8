import * as z from 'zod';

/** Every error of the API, with its HTTP status. Panel texts are keyed by the code. */
export const errorStatus = {
  bad_request: 400,
  invalid_field: 400,
  not_signed_in: 401,
  wrong_credentials: 401,
  /** The password was right: the second step is `POST /session/code`, with the cookie that came along. */
  second_factor_needed: 401,
  /** This organisation lets in only who has a second factor or signed in by a passkey. */
  second_factor_required: 403,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  not_kept: 410,
  in_use: 409,
  already_used: 409,
  last_owner: 409,
  /** A mailed link that was used, has expired or was withdrawn. */
  link_void: 422,
  unprocessable: 422,
  no_such_action: 422,
  too_large: 413,
  too_many_requests: 429,
  /** Too many wrong guesses at one person's door: nobody is let in there for a quarter of an hour. */
  locked_out: 429,
  internal: 500,
  unavailable: 503,
} as const;
export type ErrorCode = keyof typeof errorStatus;

/** The body of every error. `field` is a dotted path, `rule` the broken rule ('required', 'maximum', …). */
export const ErrorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    field: z.string().optional(),
    rule: z.string().optional(),
  }),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
