import { type IssueCode, PROBLEMS, type Problem, type ProblemCode, type ProblemIssue, type WaysToProve } from '@vastus/contract';

export interface ProblemDetails {
  /** A sentence for the person; never patient data. */
  detail?: string;
  issues?: ProblemIssue[];
  findings?: Record<string, unknown>[];
  permission?: string;
  /** The name of the organisation's sign-in. */
  signInWith?: string;
  proof?: WaysToProve;
  /** Seconds, sent as Retry-After. */
  retryAfter?: number;
  /** Methods, sent as Allow. */
  allow?: readonly string[];
}

/** An answer that is a refusal. Thrown anywhere below a handler; whatever the transaction wrote is rolled back. */
export class ProblemError extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly details: ProblemDetails = {},
  ) {
    super(details.detail ?? PROBLEMS[code].title);
    this.name = 'ProblemError';
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }

  toBody(requestId: string): Problem {
    const { title, status } = PROBLEMS[this.code];
    const { detail, issues, findings, permission, signInWith, proof } = this.details;
    const type = `/problems/${this.code}`;
    return { type, title, status, code: this.code, detail, requestId, issues, findings, permission, signInWith, proof };
  }
}

/** `throw problem('not-found')`, `throw problem('invalid-input', { issues: [{ pointer: '/givenAt', code: 'future', message: 'lies in the future' }] })`. */
export function problem(code: ProblemCode, details?: ProblemDetails): ProblemError {
  return new ProblemError(code, details);
}

/** The short form for one field: `throw invalid('/givenAt', 'future', 'lies in the future')`. */
export function invalid(pointer: string, code: IssueCode, message: string): ProblemError {
  return new ProblemError('invalid-input', { issues: [{ pointer, code, message }] });
}
