// The web server of the images (infra/docker/nginx.conf), run by the nginx on the PATH: the same file, with other places for its ports,
// folders and upstream. A line that is not found stops the start: what is tried is what is delivered.
import { spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './layout.mjs';

export const hasNginx = () => spawnSync('nginx', ['-v']).status === 0;

const SITE = path.join(root, 'infra/docker/nginx.conf');
const TLS = path.join(root, 'infra/docker/nginx-tls.conf');

/** Makes a certificate for `localhost` that nobody else trusts. */
export function makeCertificate(folder) {
  const made = spawnSync('openssl', [
    ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost -addext'.split(' '),
    'subjectAltName=DNS:localhost',
    ...['-keyout', path.join(folder, 'key.pem'), '-out', path.join(folder, 'certificate.pem')],
  ]);
  if (made.status !== 0) throw new Error(`openssl: ${made.stderr}`);
}

/**
 * Starts it in `folder`. `front` is a text for /etc/nginx/front; `port` listens in the clear, `tlsPort` with the certificate in `folder`.
 * `log` reads its lines, `end` ends it.
 */
export async function startWebServer({ folder, port, tlsPort, dnsPort, upstreamPort, front = '', files }) {
  const logs = { access: path.join(folder, 'access.log'), error: path.join(folder, 'error.log') };
  const there = path.join(folder, 'front');
  fs.mkdirSync(there, { recursive: true });
  fs.writeFileSync(path.join(there, 'more.conf'), front);
  const tls = instead(fs.readFileSync(TLS, 'utf8'), {
    'listen 8443 ssl http2;': `listen 127.0.0.1:${tlsPort} ssl http2;`,
    '/etc/nginx/tls/certificate.pem': path.join(folder, 'certificate.pem'),
    '/etc/nginx/tls/key.pem': path.join(folder, 'key.pem'),
  });
  fs.writeFileSync(path.join(there, 'tls.conf'), tls);
  const site = instead(fs.readFileSync(SITE, 'utf8'), {
    'listen 8080;': `listen 127.0.0.1:${port};`,
    'root /usr/share/nginx/html;': `root ${files};`,
    '/var/log/nginx/access.log': logs.access,
    '/var/log/nginx/error.log crit': `${logs.error} warn`,
    'resolver 127.0.0.11 valid=10s;': `resolver 127.0.0.1:${dnsPort} valid=10s;`,
    'http://api:3000': `http://api:${upstreamPort}`,
    '/etc/nginx/front/*.conf': `${there}/*.conf`,
  });
  // What the image of nginx-unprivileged has around the site.
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((what) => `${what}_temp_path ${folder}/${what};`);
  const whole = `
    ${process.getuid?.() === 0 ? 'user root;' : ''}
    daemon off; worker_processes 2; pid ${folder}/nginx.pid; error_log ${logs.error} warn;
    events { worker_connections 512; }
    http {
      types { text/html html; application/javascript js; }
      default_type application/octet-stream; sendfile on;
      ${temporary.join(' ')}
      ${site}
    }`;
  const file = path.join(folder, 'nginx.conf');
  fs.writeFileSync(file, whole);
  const server = spawn('nginx', ['-c', file, '-p', folder, '-e', logs.error], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  server.stderr.on('data', (text) => (complaint += text));
  const over = once(server, 'exit');
  const isThere = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
  for (const limit = performance.now() + 10_000; !(await isThere()); await sleep(50))
    if (server.exitCode !== null || performance.now() > limit) throw new Error(`nginx does not start: ${complaint}`);
  return {
    log: (which) => fs.readFileSync(logs[which], 'utf8'),
    end: async () => {
      server.kill('SIGTERM');
      await over;
    },
  };
}

function instead(text, replacements) {
  for (const [old, other] of Object.entries(replacements)) {
    if (!text.includes(old)) throw new Error(`there is no “${old}” in the configuration of nginx any more`);
    text = text.replaceAll(old, other);
  }
  return text;
}

/** A name server that knows one name, whatever it is asked: `addresses` may change while it runs. */
export async function startNameServer() {
  const socket = createSocket('udp4');
  const server = { addresses: /** @type {string[]} */ ([]), port: 0, end: () => socket.close() };
  socket.on('message', (question, { port, address }) => {
    let end = 12;
    while (question[end] !== 0) end += question[end] + 1;
    end += 5;
    const isV4 = question.readUInt16BE(end - 4) === 1;
    const found = isV4 ? server.addresses : [];
    const head = Buffer.from(question.subarray(0, end));
    head.writeUInt16BE(0x8180, 2);
    head.writeUInt16BE(found.length, 6);
    head.writeUInt32BE(0, 8);
    const answers = found.map((one) => Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...one.split('.').map(Number)]));
    socket.send(Buffer.concat([head, ...answers]), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  server.port = socket.address().port;
  return server;
}
