// PostgreSQL's errors, told apart by SQLSTATE. What a row contained is cut off: it would be patient data in a log.

interface DriverError extends Error {
  code: string;
  constraint?: string;
}

// What Prisma's adapter keeps of the driver's error inside Prisma's own.
interface PrismaError extends Error {
  meta: { driverAdapterError: { cause: { originalCode?: string; constraint?: { index?: string } } } };
}

const isDriverError = (error: unknown): error is DriverError =>
  error instanceof Error && 'severity' in error && typeof (error as Partial<DriverError>).code === 'string';

const isPrismaError = (error: unknown): error is PrismaError =>
  error instanceof Error && typeof (error as Partial<PrismaError>).meta?.driverAdapterError?.cause === 'object';

function violation(error: unknown): { state?: string; constraint?: string } {
  if (isDriverError(error)) return { state: error.code, constraint: error.constraint };
  if (!isPrismaError(error)) return {};
  const { originalCode, constraint } = error.meta.driverAdapterError.cause;
  return { state: originalCode, constraint: constraint?.index };
}

function hasState(error: unknown, wanted: string, wantedConstraint?: string): boolean {
  const { state, constraint } = violation(error);
  return state === wanted && (wantedConstraint === undefined || constraint === wantedConstraint);
}

export const isUniqueViolation = (error: unknown, constraint?: string) => hasState(error, '23505', constraint);
export const isForeignKeyViolation = (error: unknown, constraint?: string) => hasState(error, '23503', constraint);
export const isCheckViolation = (error: unknown, constraint?: string) => hasState(error, '23514', constraint);

/** A transaction that lost against another one and may simply run again. */
export const isLostRace = (error: unknown) => hasState(error, '40001') || hasState(error, '40P01');

/** The driver waited for an answer longer than the server may take: whether the statement was done is not known, the connection is of no use. */
export const isUnanswered = (error: unknown): error is Error => error instanceof Error && error.message === 'Query read timeout';

export function withoutRowContent<T>(error: T): T {
  if (isDriverError(error)) {
    for (const field of ['detail', 'where', 'internalQuery']) Reflect.deleteProperty(error, field);
  }
  return error;
}

/** A question that must have exactly one answer had none, or several. */
export class UnexpectedRowCountError extends Error {
  override name = 'UnexpectedRowCountError';
}
