// Prisma's own commands (generate, validate, format); migrations are applied by packages/db/src/migrate.ts.
export default { schema: '../prisma/schema', migrations: { path: '../prisma/migrations' } };
