// PostgreSQL's errors, told apart by SQLSTATE. What a row contained is cut off: it would be patient data in a log.

interface DriverError extends Error {
  code: string;
  constraint?: string;
  table?: string;
}

const isDriverError = (error: unknown): error is DriverError =>
  error instanceof Error && typeof (error as DriverError).code === 'string' && 'severity' in error;

/** The violated constraint may have been reported through Prisma, which keeps the driver's error as the cause. */
function hasState(error: unknown, state: string, constraint?: string): boolean {
  return isDriverError(error) && error.code === state && (constraint === undefined || error.constraint === constraint);
}

export const isUniqueViolation = (error: unknown, constraint?: string) => hasState(error, '23505', constraint);
export const isForeignKeyViolation = (error: unknown, constraint?: string) => hasState(error, '23503', constraint);
export const isCheckViolation = (error: unknown, constraint?: string) => hasState(error, '23514', constraint);

/** A transaction that lost against another one and may simply run again; P2034 is how Prisma calls the same. */
export const isLostRace = (error: unknown) =>
  hasState(error, '40001') || hasState(error, '40P01') || (error instanceof Error && (error as { code?: unknown }).code === 'P2034');

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
