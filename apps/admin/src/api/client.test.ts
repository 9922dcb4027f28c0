import { ROUTES } from '@vastus/contract';
import { hasTyped, watchTyping } from '../connection/typed.js';
import { call, onProofAsked, onSessionLost } from './client.js';
import { ApiProblem, issuesByField } from './problem.js';

const PATIENT = '01900000-0000-7000-8000-000000000001';
const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } });

function answering(...replies: (Response | Error)[]) {
  const asked: { url: string; init: RequestInit }[] = [];
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    asked.push({ url, init });
    const reply = replies.shift();
    if (reply instanceof Error) throw reply;
    return reply;
  }) as typeof fetch;
  return asked;
}

const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error('was not refused');
    },
    (problem: ApiProblem) => problem,
  );

describe('calling the API', () => {
  it('fills in the path, leaves out empty queries and sends the headers of a guarded write', async () => {
    const asked = answering(json(200, { items: [], nextCursor: null }), json(200, {}));
    await call(ROUTES.listInjections, { query: { patientId: PATIENT, lotId: undefined, limit: 5 } });
    expect(asked[0]!.url).toBe(`/api/injections?patientId=${PATIENT}&limit=5`);
    await call(ROUTES.editPatient, { params: { patientId: PATIENT }, body: {} as never, ifMatch: 3, idempotencyKey: 'k' });
    expect(asked[1]).toMatchObject({
      url: `/api/patients/${PATIENT}`,
      init: { method: 'PUT', headers: { 'if-match': '"3"', 'idempotency-key': 'k', 'content-type': 'application/json' } },
    });
  });

  it('a search is asked in the body, and is no write that would settle what was typed', async () => {
    const field = document.body.appendChild(document.createElement('textarea'));
    const stop = watchTyping();
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    const asked = answering(json(200, { items: [], nextCursor: null }), json(200, {}));
    await call(ROUTES.searchPatients, { query: { limit: 5 }, body: { q: 'Müller & Co' } });
    expect(asked[0]).toMatchObject({ url: '/api/patients/search?limit=5', init: { method: 'POST', body: '{"q":"Müller & Co"}' } });
    expect(hasTyped()).toBe(true);
    await call(ROUTES.registerPatient, { body: {} as never });
    expect(hasTyped()).toBe(false);
    stop();
    field.remove();
  });

  it('tells what was refused: code, fields, findings and permission', async () => {
    const finding = { ruleId: 'SITE-DG', severity: 'block', code: 'dorsogluteal-site', field: 'site', facts: {} };
    answering(
      json(422, {
        code: 'invalid-input',
        status: 422,
        title: 't',
        issues: [
          { pointer: '/birthDate', code: 'x', message: 'is not a date' },
          { pointer: '/allergies/0', code: 'x', message: 'unknown' },
          { pointer: 'header:If-Match', code: 'x', message: 'is required' },
        ],
      }),
      json(409, { code: 'blocked-by-rule', status: 409, title: 't', findings: [finding] }),
      json(403, { code: 'not-permitted', status: 403, title: 't', permission: 'route.decide' }),
    );
    const invalid = await refused(call(ROUTES.listProducts, {}));
    expect(invalid).toMatchObject({ status: 422, code: 'invalid-input' });
    expect(issuesByField(invalid, ({ message }) => message)).toEqual({
      birthDate: 'is not a date',
      'allergies.0': 'unknown',
      '': 'is required',
    });
    expect((await refused(call(ROUTES.listProducts, {}))).findings).toEqual([finding]);
    expect((await refused(call(ROUTES.listProducts, {}))).permission).toBe('route.decide');
  });

  it('a broken line and an answer that is not JSON are problems too', async () => {
    answering(new TypeError('Failed to fetch'), new Response('<html>', { status: 502 }));
    expect((await refused(call(ROUTES.listProducts, {}))).code).toBe('offline');
    expect(await refused(call(ROUTES.listProducts, {}))).toMatchObject({ status: 502, code: 'internal' });
  });
});

describe('a session that ends in the middle of work', () => {
  const ended = () => json(401, { code: 'not-signed-in', status: 401, title: 't' });

  it('asks for the password and repeats the request, so that nothing typed is lost', async () => {
    const asked = answering(ended(), json(200, { items: [1] }));
    const forget = onSessionLost(async () => true);
    expect(await call(ROUTES.listProducts, {})).toEqual({ items: [1] });
    expect(asked).toHaveLength(2);
    forget();
  });

  it('gives up when the person leaves, and does not ask while signing in', async () => {
    const ask = jest.fn(async () => false);
    const forget = onSessionLost(ask);
    answering(ended(), ended(), json(401, { code: 'wrong-credentials', status: 401, title: 't' }));
    expect((await refused(call(ROUTES.listProducts, {}))).code).toBe('not-signed-in');
    await refused(call(ROUTES.readSession, {}));
    expect((await refused(call(ROUTES.signIn, { body: { email: 'a', password: 'b' } }))).code).toBe('wrong-credentials');
    expect(ask).toHaveBeenCalledTimes(1);
    forget();
  });
});

describe('what asks who sits there', () => {
  const ways = { password: true, code: false, singleSignOn: null };
  const asking = () => json(403, { code: 'proof-required', status: 403, title: 't', proof: ways });
  const invitation = { body: { email: 'new@clinic.example', role: 'nurse' as const } };

  it('is asked in place, and the same request goes out once more', async () => {
    const asked = answering(asking(), json(201, { link: 'l' }));
    const ask = jest.fn(async () => true);
    const forget = onProofAsked(ask);
    expect(await call(ROUTES.inviteStaff, invitation)).toEqual({ link: 'l' });
    expect(ask).toHaveBeenCalledWith(ways);
    expect(asked.map(({ init }) => init.body)).toEqual([JSON.stringify(invitation.body), JSON.stringify(invitation.body)]);
    forget();
  });

  it('is given up when nobody proves it, and not asked twice', async () => {
    answering(asking(), asking(), asking());
    let forget = onProofAsked(async () => false);
    expect((await refused(call(ROUTES.inviteStaff, invitation))).code).toBe('proof-required');
    forget();
    const ask = jest.fn(async () => true);
    forget = onProofAsked(ask);
    expect((await refused(call(ROUTES.inviteStaff, invitation))).code).toBe('proof-required');
    expect(ask).toHaveBeenCalledTimes(1);
    forget();
  });
});
