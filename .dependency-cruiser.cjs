// Which file may know which. test/dependency-rules.test.ts shows that each rule fires.
/** @type {import('dependency-cruiser').IConfiguration} */
const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });
const MODULES = '^packages/server/src/modules';
const TESTS = '\\.test\\.tsx?$';

module.exports = {
  forbidden: [
    rule('no-circular', 'A cycle between files has no direction to read it in.', {}, { circular: true }),
    {
      ...rule('no-module-cycle', 'Two modules may not know each other.', { path: `${MODULES}/[^/]+$` }, { circular: true }),
      scope: 'folder',
    },
    rule(
      'clinical-is-pure',
      'Clinical rules import nothing but themselves and the calendar library.',
      { path: '^packages/clinical/src', pathNot: TESTS },
      { pathNot: '^packages/clinical/src|node_modules/temporal-polyfill' },
    ),
    rule(
      'contract-is-thin',
      'The contract knows zod and the clinical vocabulary, nothing else.',
      { path: '^packages/contract/src', pathNot: TESTS },
      { pathNot: '^packages/(contract|clinical)/src|node_modules/zod(-openapi)?/' },
    ),
    rule(
      'packages-keep-their-direction',
      'db and jobs are below the server and do not know each other.',
      { path: '^packages/(db|jobs)/src' },
      { path: '^packages/(db|jobs|server)/', pathNot: '^packages/$1/' },
    ),
    rule(
      'admin-speaks-the-contract',
      'The dashboard reaches the server by HTTP only.',
      { path: '^apps/admin' },
      { path: '^packages/(server|db|jobs)/|^apps/(api|worker)/' },
    ),
    rule('no-app-to-app', 'Apps share through packages.', { path: '^apps/([^/]+)/' }, { path: '^apps/', pathNot: '^apps/$1/' }),
    rule('packages-never-import-apps', 'Apps are doors, not rooms.', { path: '^packages/' }, { path: '^apps/' }),
    rule(
      'own-store-only',
      'Ask another module through its service.',
      { path: `${MODULES}/([^/]+)/` },
      { path: `${MODULES}/[^/]+/[^/]+\\.store\\.ts$`, pathNot: `${MODULES}/$1/` },
    ),
    rule(
      'controller-has-no-sql',
      'Queries belong to the service and its store.',
      { path: '\\.controller\\.ts$' },
      { path: '^packages/db/|\\.store\\.ts$' },
    ),
    rule(
      'platform-knows-no-clinic',
      'Platform code is reusable in any product.',
      { path: '^packages/server/src/platform', pathNot: TESTS },
      { path: MODULES },
    ),
    rule(
      'imports-exist',
      'An import that resolves to nothing hides from every other rule. What ends in ?url is a file that Vite finds at the build.',
      {},
      { couldNotResolve: true, pathNot: '[?]url$' },
    ),
  ],
  options: {
    tsPreCompilationDeps: true, // sees `import type` too
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/(dist|generated)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
