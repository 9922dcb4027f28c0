// better-auth keeps accounts and sessions in the schema auth. Its HTTP endpoints are not exposed: our own four routes call it, so
// that sign-in answers problems, limits attempts and validates like everything else.
import { betterAuth } from 'better-auth';
import pg from 'pg';
import { type Config, isSecure } from '../config.js';
import type { Logger } from '../log.js';
import { loggable } from '../problems/causes.js';
import { hashPassword, isPassword, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './password.js';

const HOUR_S = 3600;
export const SESSION_S = 12 * HOUR_S;
export const COOKIE_PREFIX = 'vastus';

export function createAuth(config: Config, logger: Logger) {
  // The tables are named "user" and "session", unqualified, by the library: a pool of its own finds them by search_path.
  const pool = new pg.Pool({
    connectionString: config.databaseUrl,
    max: 4,
    options: '-c search_path=auth',
    application_name: 'vastus-sign-in',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  const onBreak = (error: Error) => logger.warn({ err: loggable(error) }, 'a connection of the sign-in broke');
  pool.on('error', onBreak);
  pool.on('connect', (client) => client.on('error', onBreak));
  const auth = betterAuth({
    database: pool,
    secret: config.authSecret,
    baseURL: config.publicUrl,
    basePath: '/api/auth',
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
      password: { hash: hashPassword, verify: ({ hash, password }) => isPassword(hash, password) },
    },
    session: {
      expiresIn: SESSION_S,
      updateAge: HOUR_S,
      additionalFields: { clinicId: { type: 'string', required: false, input: false } },
    },
    advanced: { cookiePrefix: COOKIE_PREFIX, useSecureCookies: isSecure(config), disableCSRFCheck: true },
    // Attempts are counted by sign-in/attempts.ts; the library would only count those that come through its own endpoints.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { log: (level, message) => level === 'error' && logger.error({ source: 'better-auth' }, message) },
  });
  return { auth, pool, close: () => pool.end() };
}

export type Auth = ReturnType<typeof createAuth>;
