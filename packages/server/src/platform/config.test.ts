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
  expect(readConfig(development).authSecret).not.toBe(readConfig(development).authSecret);
});

test('everything that is wrong is said at once, by the name of the variable and without its value', () => {
  const read = () =>
    readConfig({ NODE_ENV: 'test', DATABASE_URL: 'mysql://secret@db', PORT: '99999', PUBLIC_URL: 'clinic.example', LOG_LEVEL: 'loud' });
  for (const name of ['DATABASE_URL', 'PORT', 'PUBLIC_URL', 'LOG_LEVEL']) expect(read).toThrow(new RegExp(`${name}: `));
  expect(read).not.toThrow(/secret/);
});
