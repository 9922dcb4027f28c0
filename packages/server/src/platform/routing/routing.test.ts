import { Controller, Module, Req } from '@nestjs/common';
import {
  type Call,
  changeLotStatus,
  editPatient,
  type Input,
  listAlerts,
  listInjections,
  listProducts,
  type Problem,
  type ProblemIssue,
  previewImport,
  type RouteShape,
  recordInjection,
  setTestClock,
} from '@vastus/contract';
import { BadCursorError } from '@vastus/db';
import { createApi } from '../../create-api.js';
import { Client, startTestApi, type TestApi } from '../../testing/index.js';
import type { Caller } from './caller.js';
import { By, Handles, In } from './handles.js';

const ID = '01890000-0000-7000-8000-000000000000';
const product = {
  id: ID,
  name: 'Hydroxocobalamin',
  substance: 'hydroxocobalamin',
  strengthMicrogramsPerMl: 1000,
  defaultDoseMicrograms: 1000,
  routes: ['IM'],
  atcCode: null,
  gtins: [],
  active: true,
};

let products: unknown = [product];
let received: unknown;
let called = 0;

@Controller()
class WardController {
  @Handles(listProducts)
  products() {
    return { items: products };
  }

  @Handles(recordInjection)
  record(@In() input: Input<typeof recordInjection>, @By() caller: Caller): never {
    called++;
    received = { input, caller };
    throw new Error('Maria Muster is unknown');
  }

  @Handles(editPatient)
  edit(@By() caller: Caller): never {
    received = caller;
    throw new Error('enough');
  }

  @Handles(listAlerts)
  alerts(): never {
    throw new BadCursorError();
  }

  @Handles(listInjections)
  injections(): never {
    throw Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
  }

  @Handles(changeLotStatus)
  lot() {
    return {
      id: ID,
      productId: ID,
      productName: 'B12',
      lotNumber: 'A',
      expiresOn: '2030-01-01',
      status: 'usable',
      statusReason: null,
      statusChangedAt: null,
      statusChangedByName: null,
      receivedOn: '2026-01-01',
      injectionsGiven: 0,
      version: 7,
    };
  }

  @Handles(previewImport)
  preview(@In() { body }: Input<typeof previewImport>): never {
    received = body.bundle.entry?.length;
    throw new Error('enough');
  }
}

@Module({ controllers: [WardController] })
class WardModule {}

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ modules: [WardModule], config: { logLevel: 'silent' } });
});
afterAll(() => api?.close());
beforeEach(() => {
  products = [product];
  received = undefined;
  called = 0;
});

const injection: Call<typeof recordInjection>['body'] = {
  courseId: ID,
  productId: ID,
  doseMicrograms: 1000,
  givenAt: '2026-11-20T10:00:00+01:00',
};
const path = `/api/patients/${ID}/injections`;
const issuesOf = async (body: unknown, url = path): Promise<ProblemIssue[]> => {
  const answer = await api.as('nurse').send<Problem>('POST', url, body);
  expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-input' } });
  return answer.body.issues ?? [];
};
const pointers = async (body: unknown, url?: string) => (await issuesOf(body, url)).map(({ pointer, code }) => `${pointer} ${code}`);

describe('who may', () => {
  test('nobody without a session, and an invented cookie is none', async () => {
    for (const client of [api.anonymous, new Client(api.app, 'vastus.session=made.up'), new Client(api.app, 'vastus.session=%')])
      expect(await client.call(listProducts)).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
  });

  test('a role without the permission is told which one it lacks, before its input is looked at', async () => {
    const answer = await api.as('administrator').send('POST', path, { nonsense: true });
    expect(answer).toMatchObject({ status: 403, body: { code: 'not-permitted', permission: 'injection.record' } });
    expect(called).toBe(0);
  });

  test('somebody whose membership ended has no clinic any more', async () => {
    const clinic = await api.newClinic();
    await clinic.transaction((tx) => tx.query('UPDATE membership SET active = false WHERE id = $1', [clinic.members.nurse.membershipId]));
    expect(await clinic.nurse.call(listProducts)).toMatchObject({ status: 401, body: { code: 'access-ended' } });
    expect((await clinic.physician.call(listProducts)).status).toBe(200);
  });
});

describe('what a handler receives', () => {
  test('is parsed, with defaults, and says who asks', async () => {
    await api.as('nurse').call(recordInjection, {
      params: { patientId: ID },
      body: injection,
      headers: { 'idempotency-key': 'k-1', 'x-request-id': 'request-1' },
    });
    const { membershipId, userId } = api.clinic.members.nurse;
    expect(received).toMatchObject({
      input: { params: { patientId: ID }, body: { givenAt: '2026-11-20T09:00:00.000Z', status: 'given', lotId: null } },
      caller: {
        clinicId: api.clinic.id,
        membershipId,
        userId,
        role: 'nurse',
        timeZone: 'Europe/Berlin',
        requestId: 'request-1',
        idempotencyKey: 'k-1',
      },
    });
  });

  test('a body of some megabytes where the route allows it', async () => {
    const entry = Array.from({ length: 2_000 }, () => ({ resource: { text: 'x'.repeat(500) } }));
    await api.as('physician').call(previewImport, { body: { fileName: 'a.json', bundle: { resourceType: 'Bundle', entry } } });
    expect(received).toBe(2_000);
  });
});

describe('input that is not valid', () => {
  test('every field of path, query and body is named at once', async () => {
    expect(
      (
        await pointers(
          { ...injection, productId: 7, doseMicrograms: -1, colour: 'red', baseline: { pain: 99 } },
          '/api/patients/17/injections?now=1',
        )
      ).sort(),
    ).toEqual([
      '/baseline/motor required',
      '/baseline/pain too-big',
      '/baseline/sensory required',
      '/colour unknown-field',
      '/doseMicrograms too-small',
      '/productId invalid-type',
      'path:patientId invalid-format',
      'query:now unknown-field',
    ]);
    expect(called).toBe(0);
  });

  test('what is missing is required, also where there is no body at all', async () => {
    expect(await pointers({})).toEqual(
      expect.arrayContaining(['/courseId required', '/productId required', '/doseMicrograms required', '/givenAt required']),
    );
    expect(await pointers(undefined)).toEqual(expect.arrayContaining(['/courseId required']));
    for (const body of ['[]', '"x"', '7', 'true', 'null']) expect((await api.as('nurse').send('POST', path, body)).status).toBe(422);
  });

  test('impossible days and times', async () => {
    for (const givenAt of ['2026-02-30T10:00:00Z', '2026-11-20', '2026-11-20T25:00:00Z', '0001-01-01T00:00:00Z', 'yesterday', '', 20261120])
      expect((await pointers({ ...injection, givenAt }))[0]).toMatch(/^\/givenAt /);
  });

  test('a NUL or half a surrogate pair, wherever it is', async () => {
    expect(await pointers({ ...injection, note: 'a\u0000b' })).toEqual(['/note bad-text']);
    expect(await pointers('{"note":"\\ud800"}')).toEqual(['/note bad-text']);
    expect(await pointers('{"baseline":{"a/b~\\u0000":[1,"\\u0000"]}}')).toEqual(
      expect.arrayContaining(['/baseline/a~1b~0 bad-text', '/baseline/a~1b~0/1 bad-text']),
    );
    expect(await pointers(injection, '/api/patients/%00/injections')).toEqual(['path:patientId bad-text']);
    expect(await pointers(injection, `${path}?a=%00`)).toEqual(['query:a bad-text']);
    expect(await pointers('{"__proto__":{"admin":true}}')).toEqual(['/__proto__ bad-name']);
  });

  test('nesting without an end', async () => {
    const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    expect((await issuesOf(deep))[0]).toMatchObject({ code: 'too-deep' });
    expect((await issuesOf(`{"note":${'['.repeat(30_000)}${']'.repeat(30_000)}}`))[0]).toMatchObject({ code: 'too-deep' });
  });

  test('values are not repeated', async () => {
    const answer = await api
      .as('nurse')
      .send('POST', path, { ...injection, site: 'Maria Muster', route: 'Maria', note: 7, courseId: 'Maria' });
    expect(JSON.stringify(answer.body)).not.toContain('Maria');
  });

  test('an Idempotency-Key that is no key', async () => {
    for (const key of ['with space', 'x'.repeat(201), 'ü'])
      expect(
        await api.as('nurse').call(recordInjection, { params: { patientId: ID }, body: injection, headers: { 'idempotency-key': key } }),
      ).toMatchObject({ status: 422, body: { issues: [{ pointer: 'header:Idempotency-Key' }] } });
  });

  test('a cursor of another list', async () => {
    expect(await api.as('nurse').call(listAlerts, { query: { cursor: 'x' } })).toMatchObject({
      status: 422,
      body: { issues: [{ pointer: 'query:cursor' }] },
    });
  });
});

describe('the edit of a versioned record', () => {
  const body = { recordNumber: '1', familyName: 'A', givenName: 'B', birthDate: '1950-01-01', sex: 'female' as const };
  const edit = (headers: Record<string, string>) => api.as('nurse').call(editPatient, { params: { patientId: ID }, body, headers });

  test('says which version it edits', async () => {
    expect(await edit({})).toMatchObject({ status: 428, body: { code: 'version-required' } });
    expect(await edit({ 'if-match': '*' })).toMatchObject({ status: 422, body: { issues: [{ pointer: 'header:If-Match' }] } });
    for (const version of ['"3"', 'W/"3"', '3']) {
      await edit({ 'if-match': version });
      expect(received).toMatchObject({ ifMatch: 3 });
    }
  });

  test('and the answer of a versioned record carries it', async () => {
    const { headers } = await api.as('administrator').call(changeLotStatus, {
      params: { lotId: ID },
      body: { status: 'usable', reason: 'a reason long enough' },
      headers: { 'if-match': '"6"' },
    });
    expect(headers.etag).toBe('"7"');
  });
});

describe('what leaves', () => {
  test('is what the contract names and nothing else', async () => {
    products = [{ ...product, purchasePrice: 12 }];
    expect((await api.as('nurse').call(listProducts)).body).toEqual({ items: [product] });
  });

  test('an answer that does not fit its declaration is not sent', async () => {
    products = [{ ...product, strengthMicrogramsPerMl: '1000' }];
    const { status, body } = await api.as('nurse').call(listProducts);
    expect({ status, code: body.code, detail: body.detail }).toEqual({ status: 500, code: 'internal', detail: undefined });
  });

  test('of an unknown error nothing but the request id', async () => {
    const { status, body, headers } = await api.as('nurse').call(recordInjection, { params: { patientId: ID }, body: injection });
    expect({ status, body }).toEqual({
      status: 500,
      body: { type: '/problems/internal', title: expect.any(String), status: 500, code: 'internal', requestId: headers['x-request-id'] },
    });
  });

  test('without the database: try again soon', async () => {
    expect(await api.as('nurse').call(listInjections)).toMatchObject({
      status: 503,
      headers: { 'retry-after': '5' },
      body: { code: 'unavailable' },
    });
  });
});

describe('the start stops', () => {
  const start = (module: new () => object, environment: 'test' | 'production' = 'test', testClock = false) =>
    createApi({ ...api.config, environment, testClock }, { modules: [module] }).then((app) => app.close());

  test('when a route has no handler', async () => {
    await expect(start(WardModule, 'production')).rejects.toThrow(/registerPatient \(POST \/patients\) has no handler/);
  });

  test('when a route has two handlers', async () => {
    @Controller()
    class TwiceController {
      @Handles(listProducts)
      products() {}
    }
    @Module({ controllers: [TwiceController, WardController] })
    class TwiceModule {}
    await expect(start(TwiceModule)).rejects.toThrow(/already declared|listProducts .* has 2 handlers/);
  });

  test('when a handler has no declaration', async () => {
    const invented: RouteShape = { ...listProducts, path: '/back-door' };
    @Controller()
    class BackDoorController {
      @Handles(invented)
      open() {}
    }
    @Module({ controllers: [BackDoorController] })
    class BackDoorModule {}
    await expect(start(BackDoorModule)).rejects.toThrow(
      /BackDoorController.open handles GET \/back-door, which is not in ROUTES[\s\S]*GET \/api\/back-door is reachable/,
    );
  });

  test('when the test clock could be reached without being on', async () => {
    @Controller()
    class ClockController {
      @Handles(setTestClock)
      set() {}
    }
    @Module({ controllers: [ClockController] })
    class ClockModule {}
    await expect(start(ClockModule)).rejects.toThrow(/PUT \/api\/test-clock is reachable/);
  });

  test('and a handler outside of the contract is never reached', async () => {
    const { Get } = await import('@nestjs/common');
    @Controller()
    class PlainController {
      @Get('/plain')
      plain(@Req() _request: unknown) {}
    }
    @Module({ controllers: [PlainController] })
    class PlainModule {}
    await expect(start(PlainModule)).rejects.toThrow(/GET \/plain is reachable and declared nowhere/);
  });
});
