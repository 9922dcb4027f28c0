// Exit 0 when every address answers: an http URL with 2xx, or the host and port in the URL that an environment variable holds.
import { connect } from 'node:net';

const DEFAULT_PORTS = { 'postgres:': 5432, 'postgresql:': 5432, 'redis:': 6379, 'rediss:': 6379 };
const LIMIT_MS = 4_000;

const answers = (url) =>
  new Promise((resolve, reject) => {
    const { hostname, port, protocol } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) || DEFAULT_PORTS[protocol], timeout: LIMIT_MS });
    socket.once('connect', () => resolve(socket.destroy()));
    socket.once('timeout', () => reject(new Error(`${hostname} does not answer`)));
    socket.once('error', reject);
  });

async function check(subject) {
  if (!/^https?:/.test(subject)) return answers(process.env[subject]);
  const { ok, status } = await fetch(subject, { signal: AbortSignal.timeout(LIMIT_MS) });
  if (!ok) throw new Error(`${subject}: ${status}`);
}

try {
  await Promise.all(process.argv.slice(2).map(check));
  process.exit(0);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
