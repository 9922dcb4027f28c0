// Every page of the dashboard with records of the demo clinic on it: what axe looks at and what the screenshots show. Which routes
// there are is the application's to say: apps/admin/src/App.test.tsx fails while one of them is missing here.

/**
 * @typedef {'nurse' | 'physician' | 'administrator'} Role
 * @typedef {{ well: string, course: string, hurt: string, event: string, treated: string, measured: string, held: string, version: string, lot: string }} Records
 * @typedef {object} Place
 * @property {string} name of its picture
 * @property {string} route as the application declares it
 * @property {readonly Role[]} roles who may open it; the first looks with axe and for the picture
 * @property {(found: Records) => string} at
 * @property {(page: import('playwright-core').Page) => Promise<void>} [pose] what is done before anybody looks
 */

/** @type {readonly Role[]} */
const PHYSICIAN_FIRST = ['physician', 'nurse', 'administrator'];
/** @type {readonly Role[]} */
const NURSE_FIRST = ['nurse', 'physician'];

/** @type {readonly Place[]} */
export const PLACES = [
  { name: 'nurse-today', route: '/', roles: ['nurse'], at: () => '/' },
  { name: 'physician-home', route: '/', roles: ['physician'], at: () => '/' },
  { name: 'administrator-home', route: '/', roles: ['administrator'], at: () => '/' },
  {
    name: 'log-injection',
    route: '/log-injection',
    roles: NURSE_FIRST,
    at: ({ well, course }) => `/log-injection?patient=${well}&course=${course}`,
  },
  { name: 'log-injection-stopped', route: '/log-injection', roles: NURSE_FIRST, at: ({ held }) => `/log-injection?patient=${held}` },
  { name: 'log-injection-overridden', route: '/log-injection', roles: ['physician'], at: ({ held }) => `/log-injection?patient=${held}` },
  { name: 'log-injection-who', route: '/log-injection', roles: NURSE_FIRST, at: () => '/log-injection' },
  {
    name: 'report-event',
    route: '/report-event',
    roles: NURSE_FIRST,
    at: ({ treated }) => `/report-event?patient=${treated}`,
    pose: describeInjury,
  },
  { name: 'enter-result', route: '/enter-result', roles: NURSE_FIRST, at: ({ well }) => `/enter-result?patient=${well}` },
  { name: 'patient-register', route: '/patients/create', roles: NURSE_FIRST, at: () => '/patients/create' },
  { name: 'patient-edit', route: '/patients/:id', roles: NURSE_FIRST, at: ({ well }) => `/patients/${well}` },
  { name: 'start-course', route: '/start-course', roles: NURSE_FIRST, at: ({ well }) => `/start-course?patient=${well}` },
  { name: 'alerts', route: '/alerts', roles: PHYSICIAN_FIRST, at: () => '/alerts' },
  { name: 'alerts-ended', route: '/alerts', roles: ['physician'], at: () => '/alerts?show=ended' },
  { name: 'patients', route: '/patients', roles: PHYSICIAN_FIRST, at: () => '/patients' },
  { name: 'chart-on-hold', route: '/patients/:id/show', roles: PHYSICIAN_FIRST, at: ({ held }) => `/patients/${held}/show` },
  {
    name: 'chart-laboratory',
    route: '/patients/:id/show',
    roles: NURSE_FIRST,
    at: ({ measured }) => `/patients/${measured}/show`,
    pose: showLaboratory,
  },
  {
    name: 'self-injection',
    route: '/patients/:id/self-injection',
    roles: ['physician', 'nurse'],
    at: ({ well }) => `/patients/${well}/self-injection`,
  },
  { name: 'injections', route: '/injections', roles: PHYSICIAN_FIRST, at: () => '/injections' },
  { name: 'adverse-events', route: '/adverse-events', roles: PHYSICIAN_FIRST, at: () => '/adverse-events' },
  { name: 'adverse-event-rates', route: '/adverse-events', roles: ['administrator', 'physician'], at: () => '/adverse-events?view=rates' },
  { name: 'use-errors', route: '/adverse-events', roles: ['administrator'], at: () => '/adverse-events?view=use-errors' },
  {
    name: 'adverse-event-filed',
    route: '/adverse-events/:id/show',
    roles: ['administrator'],
    at: ({ event }) => `/adverse-events/${event}/show`,
  },
  { name: 'adverse-event', route: '/adverse-events/:id/show', roles: PHYSICIAN_FIRST, at: ({ event }) => `/adverse-events/${event}/show` },
  {
    name: 'examination',
    route: '/adverse-events/:id/show',
    roles: ['physician'],
    at: ({ event }) => `/adverse-events/${event}/show?do=examine`,
  },
  { name: 'results', route: '/lab-results', roles: PHYSICIAN_FIRST, at: () => '/lab-results' },
  { name: 'rules', route: '/rules', roles: PHYSICIAN_FIRST, at: () => '/rules' },
  { name: 'rule', route: '/rules/:ruleId', roles: ['physician'], at: () => '/rules/NI-SURG' },
  { name: 'protocol', route: '/protocol', roles: PHYSICIAN_FIRST, at: () => '/protocol' },
  {
    name: 'protocol-version',
    route: '/protocol/:versionId',
    roles: ['administrator', 'physician'],
    at: ({ version }) => `/protocol/${version}`,
  },
  { name: 'lots', route: '/lots', roles: ['administrator', 'nurse'], at: () => '/lots?show=all' },
  { name: 'lot-recall', route: '/lots/:id/recall', roles: ['administrator', 'nurse'], at: ({ lot }) => `/lots/${lot}/recall` },
  { name: 'import', route: '/imports', roles: ['administrator', 'physician'], at: () => '/imports' },
  { name: 'audit', route: '/audit', roles: ['administrator'], at: () => '/audit' },
  { name: 'staff', route: '/staff', roles: ['administrator'], at: () => '/staff' },
  { name: 'system', route: '/system', roles: ['administrator'], at: () => '/system' },
  { name: 'account', route: '/account', roles: PHYSICIAN_FIRST, at: () => '/account' },
  // Without the letter's link: says so. With it, the page is walked in the journey of joining.
  { name: 'join', route: '/join', roles: ['nurse'], at: () => '/join' },
  { name: 'not-found', route: '*', roles: ['nurse'], at: () => '/no-such-page' },
];

/**
 * Patients who show something: a running nerve clock, a dose due today, years of results. Asked as a physician.
 * @param {(route: string, body?: object) => Promise<any>} ask `POST` where there is a body
 * @returns {Promise<Records>}
 */
export async function findRecords(ask) {
  const [events, due, overdue, done, given, people, versions, lots] = await Promise.all([
    ask('/adverse-events?limit=50'),
    ask('/worklists/today?bucket=due&limit=20'),
    ask('/worklists/today?bucket=overdue&limit=20'),
    ask('/worklists/today?bucket=done&limit=20'),
    ask('/injections?limit=50'),
    ask('/patients/search?limit=100', {}),
    ask('/protocol/versions'),
    ask('/lots?limit=50'),
  ]);
  const running = events.items.find((event) => event.clock?.length > 4 && event.outcome === 'ongoing') ?? events.items[0];
  const charts = await Promise.all(people.items.slice(0, 40).map(({ id }) => ask(`/patients/${id}/chart`)));
  const measured = charts.toSorted((a, b) => b.labResults.length - a.labResults.length)[0];
  const held = charts.find(({ hold, events: theirs }) => hold && theirs.length > 0)?.patient.id ?? running.patient.id;
  // Of a clinic that is older than today nobody may be due today, and nobody treated.
  const [next] = [...due.items, ...overdue.items];
  const [treated] = [...done.items, ...given.items.filter(({ status }) => status === 'given')];
  return {
    well: next.patient.id,
    course: next.courseId,
    hurt: running.patient.id,
    event: running.id,
    treated: treated.patient.id,
    measured: measured.patient.id,
    held,
    version: versions.items[0].id,
    lot: lots.items.toSorted((a, b) => b.injectionsGiven - a.injectionsGiven)[0].id,
  };
}

/** Below the name, which stays in view. */
async function showLaboratory(page) {
  const heading = page.getByRole('heading', { name: 'Laboratory' });
  await heading.evaluate((element) => scrollTo(0, element.getBoundingClientRect().top + scrollY - 190));
}

async function describeInjury(page) {
  await page.getByRole('button', { name: 'At the injection' }).click();
  for (const [question, answer] of [
    ['Onset after the injection', 'Seconds to minutes'],
    ['Distribution', 'Along a nerve'],
    ['Strength', 'Foot or wrist drop'],
    ['Radiating pain', 'Yes'],
    ['Loss of consciousness', 'No'],
  ])
    await page.getByRole('group', { name: question }).getByLabel(answer, { exact: true }).check();
  await page.evaluate(() => scrollTo(0, 0));
}
