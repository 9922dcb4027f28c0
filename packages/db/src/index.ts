export { Database, type DatabaseOptions } from './database.js';
export { isCheckViolation, isForeignKeyViolation, isUniqueViolation, UnexpectedRowCountError } from './errors.js';
export { BadCursorError, type CursorField, type CursorValue, type CursorValues, decodeCursor, encodeCursor } from './keyset.js';
export { Listener, type ListenerOptions } from './listener.js';
export { findMigrations, type MigrateOptions, MigrationError, migrate, migrationState, pendingMigrations } from './migrator.js';
export type { PrismaTransaction } from './prisma.js';
export { QUEUE_SCHEMA, queueConnection } from './queue-schema.js';
export { type Answer, type Queryable, type Scope, type Statement, statement, type Tx } from './tx.js';
export { type InsertOptions, insert, insertMany, json, newId, type Row } from './write.js';
