import { type ErrorBody, type ErrorCode, errorStatus } from '@vakhta/api';
import { AppError } from '@vakhta/kernel';

/**
 * What a handler throws to refuse a request: `code` decides the HTTP status and the user's text. `message` is sent to
 * the caller, so it never holds secrets nor what the caller may not see.
 */
export class HttpProblem extends AppError {
  readonly status: number;
  /** Dotted path of the offending field. */
  readonly field: string | undefined;
  /** The rule it broke: 'required', 'maximum', … */
  readonly rule: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    detail: { field?: string; rule?: string; cause?: unknown } = {},
  ) {
    super(code, message, { cause: detail.cause });
    this.status = errorStatus[code];
    this.field = detail.field;
    this.rule = detail.rule;
  }

  toBody(): ErrorBody {
    return {
      error: {
        code: this.code,
        message: this.message,
        ...(this.field !== undefined && { field: this.field }),
        ...(this.rule !== undefined && { rule: this.rule }),
      },
    };
  }
}

export const notFound = (what: string): HttpProblem =>
  new HttpProblem('not_found', `there is no such ${what}`);
