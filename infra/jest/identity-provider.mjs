// A provider of identities for tests: oidc-provider with two plain forms, and people whom the test tells it about over the channel of a
// forked process. On demand it signs ID tokens that it must not sign.
import { createSign, generateKeyPairSync } from 'node:crypto';
import http from 'node:http';
import Provider from 'oidc-provider';

const { port, clients, claims } = JSON.parse(process.argv[2]);
const people = new Map();
let spoil = null;
const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const privateKey = newKey();
const KID = 'of-the-test';

const server = http.createServer();
await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: clients.map((client) => ({ grant_types: ['authorization_code'], response_types: ['code'], ...client })),
  claims: { openid: ['sub'], email: ['email', 'email_verified', 'xms_edov'], amr: null, acr: null, auth_time: null },
  acrValues: ['urn:example:two-factors'],
  cookies: { keys: ['good for tests only'] },
  features: {
    claimsParameter: { enabled: claims },
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: false },
  },
  findAccount: (_, id) => people.has(id) && { accountId: id, claims: () => ({ sub: id, ...people.get(id).claims }) },
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: KID, use: 'sig', alg: 'RS256' }] },
  pkce: { required: () => true },
});

/** What a provider that was broken into might say. */
const SPOILT = {
  signature: (token) => token,
  audience: (token) => ({ ...token, aud: 'another' }),
  issuer: (token) => ({ ...token, iss: 'https://another.example' }),
  expired: (token) => ({ ...token, iat: token.iat - 7200, exp: token.exp - 7200 }),
  'long-ago': (token) => ({ ...token, auth_time: token.auth_time - 3600 }),
  'no-nonce': ({ nonce: _, ...token }) => token,
};
const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
function sign(token, key) {
  const text = `${encoded({ alg: 'RS256', typ: 'JWT', kid: KID })}.${encoded(token)}`;
  return `${text}.${createSign('sha256').update(text).sign(key, 'base64url')}`;
}
provider.use(async (context, next) => {
  await next();
  if (!spoil || !context.body?.id_token) return;
  const token = JSON.parse(Buffer.from(context.body.id_token.split('.')[1], 'base64url'));
  context.body.id_token = sign(SPOILT[spoil](token), spoil === 'signature' ? newKey() : privateKey);
});

const page = (title, fields, button) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
<h1>${title}</h1><form method="post">${fields}<button name="go" value="on">${button}</button><button name="go" value="back">Cancel</button></form></html>`;
const LOGIN = page(
  'Sign in',
  '<label>Name <input name="login" autofocus></label><label>Password <input name="password" type="password"></label>',
  'Sign in',
);
const CONSENT = page('May Vastus know who you are?', '', 'Allow');

async function interaction(request, response) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    return response.end(prompt.name === 'login' ? LOGIN : CONSENT);
  }
  let body = '';
  for await (const chunk of request) body += chunk;
  const given = new URLSearchParams(body);
  const finish = (result) => provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
  if (given.get('go') === 'back') return finish({ error: 'access_denied', error_description: 'they went back' });
  if (prompt.name === 'login') {
    const person = people.get(given.get('login'));
    if (!person) throw new Error('nobody of this name');
    return finish({ login: { accountId: given.get('login'), amr: person.amr, acr: person.acr } });
  }
  const grant = grantId
    ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  if (prompt.details.missingOIDCScope) grant.addOIDCScope(prompt.details.missingOIDCScope.join(' '));
  if (prompt.details.missingOIDCClaims) grant.addOIDCClaims(prompt.details.missingOIDCClaims);
  return finish({ consent: { grantId: await grant.save() } });
}

const answer = provider.callback();
server.on('request', (request, response) => {
  if (!request.url.startsWith('/interaction/')) return answer(request, response);
  interaction(request, response).catch((error) => response.writeHead(400).end(error.message));
});

process.on('message', ({ person, spoil: next }) => {
  if (person) people.set(person.login, person);
  if (next !== undefined) spoil = next;
  process.send('done');
});
process.on('disconnect', () => process.exit());
process.send({ issuer });
