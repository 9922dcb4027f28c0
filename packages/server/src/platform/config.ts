// The environment, read once. Nothing else in the server looks at process.env.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { StartError } from './stopping.js';

const address = (protocols: readonly string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must be a URL beginning with ${protocols.join(' or ')}`,
    );
const list = (of: z.ZodType<string, string>) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(of));
const DATABASE = ['postgres:', 'postgresql:'];

const EMAIL_VERIFIED_BY = ['email_verified', 'xms_edov', 'issuer'] as const;

const Environment = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
  DATABASE_URL: address(DATABASE),
  QUEUE_URL: address([...DATABASE, 'redis:', 'rediss:']).optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  PUBLIC_URL: address(['http:', 'https:']).optional(),
  AUTH_SECRET: z.string().min(32, 'must be at least 32 characters').optional(),
  /** The secret before, while what was encrypted under it is encrypted anew. */
  AUTH_SECRET_PREVIOUS: z.string().min(32, 'must be at least 32 characters').optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  VASTUS_TEST_CLOCK: z.enum(['on', 'off']).default('off'),
  VASTUS_STATIC_DIR: z.string().min(1).optional(),
  VASTUS_MIGRATIONS_DIR: z.string().min(1).optional(),
  /** Addresses of reverse proxies whose X-Forwarded-* headers are believed: `10.0.0.0/8`, `loopback`, `uniquelocal`. */
  TRUSTED_PROXIES: z.string().min(1).optional(),
  /** Where the worker answers `/metrics` and `/healthz`; it listens nowhere without it. */
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  /** Where OpenTelemetry traces are sent, by OTLP over HTTP; none are made without it. */
  OTEL_EXPORTER_OTLP_ENDPOINT: address(['http:', 'https:']).optional(),
  /** Single sign-on: all four, or none. What is registered at the provider as the redirect address is PUBLIC_URL with /login behind it. */
  OIDC_ISSUER: address(['https:', 'http:']).optional(),
  OIDC_CLIENT_ID: z.string().min(1).max(500).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).max(500).optional(),
  /** As people know it: “Sign in with …”. */
  OIDC_NAME: z.string().trim().min(1).max(60).optional(),
  /** Ids of the clinics that trust it, with commas between them; all of this installation unless set. */
  OIDC_CLINICS: list(z.uuid()).optional(),
  /** Values of the claim `acr` that stand for two factors, with commas between them; `mfa` among the `amr` counts in any case. */
  OIDC_TWO_FACTOR_ACR: list(z.string().min(1)).optional(),
  /** Who vouches that an e-mail address is the person's: the claim of OpenID Connect, that of Entra ID, or the issuer by sending it at all. */
  OIDC_EMAIL_VERIFIED_BY: z.enum(EMAIL_VERIFIED_BY).default('email_verified'),
  /** `on`: the provider asks again who sits there, however long ago it did so for another program. */
  OIDC_ASK_AGAIN: z.enum(['on', 'off']).default('on'),
  /** Of one person's session; beyond it, requests are told to wait. */
  REQUESTS_PER_MINUTE: z.coerce.number().int().min(60).max(1_000_000).default(1_200),
  /** Whoever opens the charts of more patients within an hour is shown to the administrators. */
  UNUSUAL_CHARTS_PER_HOUR: z.coerce.number().int().min(5).max(100_000).default(60),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
});

/** The organisation's provider of identities. */
export interface SingleSignOnConfig {
  issuer: string;
  clientId: string;
  clientSecret: string;
  name: string;
  /** `undefined`: every clinic of this installation trusts it. */
  clinicIds: readonly string[] | undefined;
  twoFactorAcr: readonly string[];
  emailVerifiedBy: (typeof EMAIL_VERIFIED_BY)[number];
  askAgain: boolean;
}

/** What the process was told. A class only so that it can be injected by its type. */
export abstract class Config {
  abstract readonly environment: 'production' | 'development' | 'test';
  abstract readonly databaseUrl: string;
  abstract readonly databasePoolSize: number;
  abstract readonly queueUrl: string;
  abstract readonly host: string;
  abstract readonly port: number;
  /** Where browsers reach the dashboard; its scheme decides whether cookies are `Secure`. */
  abstract readonly publicUrl: string;
  abstract readonly trustedProxies: string | undefined;
  abstract readonly authSecret: string;
  /** Opens what was sealed before the secret was exchanged; seals nothing. */
  abstract readonly authSecretPrevious?: string | undefined;
  abstract readonly requestsPerMinute: number;
  abstract readonly unusualChartsPerHour: number;
  abstract readonly logLevel: string;
  abstract readonly testClock: boolean;
  abstract readonly staticDir: string | undefined;
  abstract readonly migrationsDir: string | undefined;
  abstract readonly otlpEndpoint?: string | undefined;
  abstract readonly metricsPort?: number | undefined;
  abstract readonly singleSignOn: SingleSignOnConfig | undefined;
}

/** Words that people leave in a template, and texts of few different characters. */
const PLACEHOLDER = /change|secret|default|example|password|vastus|test|0123456789|abcdefgh/i;
const FEWEST_DIFFERENT = 12;
/** Entra ID for everybody's organisation, whose administrators may write any address; and Google, where anybody has an account. */
const MANY_ORGANISATIONS = /^https:\/\/(?:login\.microsoftonline\.com\/(?:common|organizations|consumers|9188040d)|accounts\.google\.com)/i;
const TOGETHER = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_NAME'] as const;
const isWeak = (secret: string) => PLACEHOLDER.test(secret) || new Set(secret).size < FEWEST_DIFFERENT;

/** Reads the environment; everything that is wrong with it is said at once, by the variable's name. */
export function readConfig(env: Record<string, string | undefined>): Config {
  // An empty variable is how compose files and shells say "not set".
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  const wrong = parsed.success
    ? []
    : parsed.error.issues.map(
        (issue) => `${issue.path.join('.')}: ${given[String(issue.path[0])] === undefined ? 'is not set' : issue.message}`,
      );
  if (parsed.success && parsed.data.NODE_ENV === 'production') {
    if (!parsed.data.AUTH_SECRET)
      wrong.push('AUTH_SECRET: is not set; production needs one of at least 32 characters (openssl rand -base64 32)');
    else if (isWeak(parsed.data.AUTH_SECRET))
      wrong.push('AUTH_SECRET: can be guessed; production needs a random one (openssl rand -base64 32)');
    for (const name of ['OIDC_ISSUER', 'PUBLIC_URL'] as const)
      if (parsed.data.OIDC_ISSUER && !parsed.data[name]?.startsWith('https:'))
        wrong.push(`${name}: must be https where people sign in with a provider; production sends no identity in the clear`);
    if (parsed.data.VASTUS_TEST_CLOCK === 'on') wrong.push('VASTUS_TEST_CLOCK: a clock that can be moved is refused in production');
  }
  if (parsed.success && parsed.data.OIDC_EMAIL_VERIFIED_BY === 'issuer' && MANY_ORGANISATIONS.test(parsed.data.OIDC_ISSUER ?? ''))
    wrong.push('OIDC_EMAIL_VERIFIED_BY: an issuer that speaks for many organisations vouches for no address; name the one of yours');
  if (parsed.success && given['AUTH_SECRET_PREVIOUS'] !== undefined && given['AUTH_SECRET_PREVIOUS'] === given['AUTH_SECRET'])
    wrong.push('AUTH_SECRET_PREVIOUS: is the same as AUTH_SECRET');
  const named = TOGETHER.filter((name) => given[name] !== undefined);
  if (named.length > 0) for (const name of TOGETHER) if (!named.includes(name)) wrong.push(`${name}: is not set; ${named[0]} is`);
  if (!parsed.success || wrong.length > 0) throw new StartError(`The environment does not fit:\n  ${wrong.join('\n  ')}`);
  const e = parsed.data;
  return {
    environment: e.NODE_ENV,
    databaseUrl: e.DATABASE_URL,
    databasePoolSize: e.DATABASE_POOL_SIZE,
    queueUrl: e.QUEUE_URL ?? e.DATABASE_URL,
    host: e.HOST,
    port: e.PORT,
    publicUrl: e.PUBLIC_URL ?? `http://${e.HOST}:${e.PORT}`,
    trustedProxies: e.TRUSTED_PROXIES,
    authSecretPrevious: e.AUTH_SECRET_PREVIOUS,
    // Outside production a secret of this process is enough: sessions end with it.
    authSecret: e.AUTH_SECRET ?? randomBytes(32).toString('base64url'),
    requestsPerMinute: e.REQUESTS_PER_MINUTE,
    unusualChartsPerHour: e.UNUSUAL_CHARTS_PER_HOUR,
    logLevel: e.LOG_LEVEL,
    testClock: e.VASTUS_TEST_CLOCK === 'on',
    staticDir: e.VASTUS_STATIC_DIR,
    migrationsDir: e.VASTUS_MIGRATIONS_DIR,
    metricsPort: e.METRICS_PORT,
    otlpEndpoint: e.OTEL_EXPORTER_OTLP_ENDPOINT,
    singleSignOn: singleSignOnOf(e),
  };
}

function singleSignOnOf(e: z.output<typeof Environment>): SingleSignOnConfig | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = e;
  if (!issuer || !clientId || !clientSecret || !name) return undefined;
  return {
    issuer,
    clientId,
    clientSecret,
    name,
    clinicIds: e.OIDC_CLINICS,
    twoFactorAcr: e.OIDC_TWO_FACTOR_ACR ?? [],
    emailVerifiedBy: e.OIDC_EMAIL_VERIFIED_BY,
    askAgain: e.OIDC_ASK_AGAIN === 'on',
  };
}

export const isSecure = (config: Config): boolean => config.publicUrl.startsWith('https:');
