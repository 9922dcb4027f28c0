import { readConfig } from './config.js';

const good = { NODE_ENV: 'production', DATABASE_URL: 'postgres://app@db/vastus', AUTH_SECRET: 'q3Zt7wB1xVn9RkEo5MdY2LhJ8sGuCfPa' };

test('what is not set has a sensible value', () => {
  expect(readConfig(good)).toMatchObject({
    environment: 'production',
    queueUrl: good.DATABASE_URL,
    port: 3000,
    testClock: false,
    publicUrl: 'http://127.0.0.1:3000',
  });
  expect(readConfig({ ...good, QUEUE_URL: 'redis://queue:6379' }).queueUrl).toBe('redis://queue:6379');
});

test('without a word it is production', () => {
  expect(readConfig({ ...good, NODE_ENV: undefined }).environment).toBe('production');
  expect(() => readConfig({ DATABASE_URL: good.DATABASE_URL })).toThrow(/AUTH_SECRET: is not set/);
});

test('production refuses a clock that can be moved, and a secret that is missing or short', () => {
  expect(() => readConfig({ ...good, VASTUS_TEST_CLOCK: 'on' })).toThrow(/VASTUS_TEST_CLOCK: .*refused in production/);
  expect(() => readConfig({ ...good, AUTH_SECRET: 'short' })).toThrow(/AUTH_SECRET: must be at least 32 characters/);
  for (const weak of [
    'x'.repeat(64),
    'please-change-me-please-change-me-1',
    '0123456789abcdef0123456789abcdef',
    'abababababababababababababababab',
  ])
    expect(() => readConfig({ ...good, AUTH_SECRET: weak })).toThrow(/AUTH_SECRET: can be guessed/);
  expect(() => readConfig({ ...good, AUTH_SECRET: '' })).toThrow(/AUTH_SECRET: is not set/);
});

test('elsewhere both are allowed, and each process has a secret of its own', () => {
  const development = { NODE_ENV: 'development', DATABASE_URL: good.DATABASE_URL, VASTUS_TEST_CLOCK: 'on' };
  expect(readConfig(development)).toMatchObject({ testClock: true });
  expect(() => readConfig({ ...good, AUTH_SECRET_PREVIOUS: good.AUTH_SECRET })).toThrow(/AUTH_SECRET_PREVIOUS: is the same/);
  expect(() => readConfig({ ...good, AUTH_SECRET_PREVIOUS: 'short' })).toThrow(/AUTH_SECRET_PREVIOUS: must be at least 32/);
  expect(readConfig(development).authSecret).not.toBe(readConfig(development).authSecret);
});

test('everything that is wrong is said at once, by the name of the variable and without its value', () => {
  const read = () =>
    readConfig({ NODE_ENV: 'test', DATABASE_URL: 'mysql://secret@db', PORT: '99999', PUBLIC_URL: 'clinic.example', LOG_LEVEL: 'loud' });
  for (const name of ['DATABASE_URL', 'PORT', 'PUBLIC_URL', 'LOG_LEVEL']) expect(read).toThrow(new RegExp(`${name}: `));
  expect(read).not.toThrow(/secret/);
});

describe('single sign-on', () => {
  const OIDC = {
    OIDC_ISSUER: 'https://identity.example',
    OIDC_CLIENT_ID: 'vastus',
    OIDC_CLIENT_SECRET: 'of the client',
    OIDC_NAME: 'Clinic Group',
    PUBLIC_URL: 'https://clinic.example',
  };

  test('is there when it is named; a fresh proof is asked for unless that is switched off', () => {
    expect(readConfig(good).singleSignOn).toBeUndefined();
    expect(readConfig({ ...good, ...OIDC }).singleSignOn).toEqual({
      issuer: 'https://identity.example',
      clientId: 'vastus',
      clientSecret: 'of the client',
      name: 'Clinic Group',
      clinicIds: undefined,
      twoFactorAcr: [],
      emailVerifiedBy: 'email_verified',
      askAgain: true,
    });
    const clinic = '0198f3f0-0000-7000-8000-000000000001';
    const more = { OIDC_CLINICS: `${clinic}, ${clinic}`, OIDC_TWO_FACTOR_ACR: 'loa2,loa3', OIDC_ASK_AGAIN: 'off' };
    expect(readConfig({ ...good, ...OIDC, ...more }).singleSignOn).toMatchObject({
      clinicIds: [clinic, clinic],
      twoFactorAcr: ['loa2', 'loa3'],
      askAgain: false,
    });
    expect(() => readConfig({ ...good, ...OIDC, OIDC_CLINICS: 'ours' })).toThrow(/OIDC_CLINICS/);
  });

  test('an issuer vouches for addresses by itself only where it is told to, and never one that speaks for many organisations', () => {
    const entra = (tenant: string) => ({ ...good, ...OIDC, OIDC_ISSUER: `https://login.microsoftonline.com/${tenant}/v2.0` });
    const byIssuer = { OIDC_EMAIL_VERIFIED_BY: 'issuer' };
    const own = entra('0198f3f0-0000-4000-8000-000000000001');
    expect(readConfig({ ...own, ...byIssuer }).singleSignOn).toMatchObject({ emailVerifiedBy: 'issuer' });
    for (const many of [entra('common'), entra('organizations'), { ...good, ...OIDC, OIDC_ISSUER: 'https://accounts.google.com' }]) {
      expect(() => readConfig({ ...many, ...byIssuer })).toThrow(/OIDC_EMAIL_VERIFIED_BY: an issuer that speaks for many/);
      expect(readConfig(many).singleSignOn).toMatchObject({ emailVerifiedBy: 'email_verified' });
    }
    expect(() => readConfig({ ...own, OIDC_EMAIL_VERIFIED_BY: 'everybody' })).toThrow(/OIDC_EMAIL_VERIFIED_BY/);
  });

  test('is named whole or not at all', () => {
    expect(() => readConfig({ ...good, ...OIDC, OIDC_CLIENT_SECRET: '', OIDC_NAME: undefined })).toThrow(
      /OIDC_CLIENT_SECRET: is not set.*\n.*OIDC_NAME: is not set/,
    );
    expect(() => readConfig({ ...good, OIDC_NAME: 'Clinic Group' })).toThrow(/OIDC_ISSUER: is not set/);
  });

  test('sends nothing in the clear in production', () => {
    expect(() => readConfig({ ...good, ...OIDC, OIDC_ISSUER: 'http://identity.example' })).toThrow(/OIDC_ISSUER: must be https/);
    expect(() => readConfig({ ...good, ...OIDC, PUBLIC_URL: 'http://clinic.example' })).toThrow(/PUBLIC_URL: must be https/);
    expect(() => readConfig({ ...good, ...OIDC, PUBLIC_URL: undefined })).toThrow(/PUBLIC_URL: must be https/);
    const development = { ...good, ...OIDC, NODE_ENV: 'development', OIDC_ISSUER: 'http://127.0.0.1:4000' };
    expect(readConfig(development).singleSignOn?.issuer).toBe('http://127.0.0.1:4000');
  });
});
