import type { FindingOut, Problem, ProblemCode, ProblemIssue, WaysToProve } from '@vastus/contract';

/**
 * What the API answered instead of a result. `status` and `body` are the names react-admin looks for;
 * `offline` marks a request that got no answer at all.
 */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: ProblemCode | 'offline';
  readonly issues: ProblemIssue[];
  readonly findings: FindingOut[];
  readonly permission: string | null;
  readonly requestId: string | null;
  readonly signInWith: string | undefined;
  readonly proof: WaysToProve | null;
  readonly body: unknown;

  constructor(
    problem: Partial<Problem> & { status: number },
    /** Seconds after which the server wants to be asked again. */
    readonly retryAfter: number | null = null,
  ) {
    super(problem.title ?? `HTTP ${problem.status}`);
    this.status = problem.status;
    this.code = (problem.code ?? (problem.status === 0 ? 'offline' : 'internal')) as ProblemCode;
    this.issues = problem.issues ?? [];
    this.findings = (problem.findings ?? []) as unknown as FindingOut[];
    this.permission = problem.permission ?? null;
    this.requestId = problem.requestId ?? null;
    this.signInWith = problem.signInWith;
    this.proof = problem.proof ?? null;
    this.body = problem;
  }

  /** Nothing was decided: no answer, or one by which a proxy or the server says that nobody is there. */
  get isUnreachable(): boolean {
    return [0, 502, 503, 504].includes(this.status);
  }
}

/** The form field an issue speaks about: `/allergies/0` → `allergies.0`; `null` for the query, the path and headers. */
export function fieldOf(issue: ProblemIssue): string | null {
  if (!issue.pointer.startsWith('/')) return null;
  return issue.pointer
    .slice(1)
    .split('/')
    .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'))
    .join('.');
}

/** Issues by form field, the first word on each field; what belongs to no field is under ''. */
export function issuesByField(problem: ApiProblem, wordOf: (issue: ProblemIssue) => string): Record<string, string> {
  const byField: Record<string, string> = {};
  for (const issue of problem.issues) byField[fieldOf(issue) ?? ''] ??= wordOf(issue);
  return byField;
}
