import { Socket } from 'node:net';
import { DataSource, type EntitySchema, type MigrationInterface } from 'typeorm';
import { CreateAuditRecord1700000000006 } from './audit-table.ts';
import { LimitGrowth1700000000009 } from './growth-limits.ts';
import { IsolatePlatform1700000000008 } from './isolate-platform.ts';
import { CreatePlatformTables1700000000000 } from './platform-tables.ts';
import { CreateSagaTables1700000000004 } from './saga-tables.ts';
import { CreateOutboxPublished1700000000003 } from './published-table.ts';
import { CreateScheduleTables1700000000002 } from './schedule-tables.ts';
import { WorkspaceClient } from './workspace-client.ts';

/** What differs between the data sources of the services. */
export interface DataSourceSettings {
  /** `postgres://role:password@host:port/database`. */
  readonly url: string;
  readonly entities: readonly EntitySchema[];
  /** In order; forward only. The platform's own tables come before them. */
  readonly migrations: readonly (new () => MigrationInterface)[];
  /** Connections at most. @default 10 */
  readonly poolSize?: number;
}

/**
 * A data source that never changes a schema by itself: only reviewed migrations do. Its connections show the rows of the
 * workspace that the caller is bound to, see {@link inWorkspace}.
 */
export function createDataSource(settings: DataSourceSettings): DataSource {
  return new DataSource({
    type: 'postgres',
    url: settings.url,
    entities: [...settings.entities],
    migrations: [
      CreatePlatformTables1700000000000,
      CreateScheduleTables1700000000002,
      CreateOutboxPublished1700000000003,
      CreateSagaTables1700000000004,
      CreateAuditRecord1700000000006,
      IsolatePlatform1700000000008,
      LimitGrowth1700000000009,
      ...settings.migrations,
    ],
    migrationsTransactionMode: 'each',
    synchronize: false,
    poolSize: settings.poolSize ?? 10,
    applicationName: 'hoerok',
    // A request never waits for ever: neither for a connection nor for a lock.
    connectTimeoutMS: 5_000,
    extra: {
      statement_timeout: 15_000,
      idle_in_transaction_session_timeout: 30_000,
      stream: openSocket,
      Client: WorkspaceClient,
    },
  });
}

/**
 * Longer than a statement may take, and than the pool keeps what nobody uses: only a connection whose other end has
 * vanished without a word is silent for so long. It would never be answered, and never leave the pool either.
 */
const SILENT_MS = 20_000;

function openSocket(): Socket {
  const socket = new Socket();
  const error = new Error(`PostgreSQL has said nothing for ${SILENT_MS / 1_000} seconds`);
  return socket.setTimeout(SILENT_MS, () => socket.destroy(error));
}

const MIGRATION_LOCK = 7_236_107;

/** Runs what is left of the migrations; several processes may start at once, one of them does the work. */
export async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  const { stream } = ((await runner.connect()) as { connection: { stream: Socket } }).connection;
  try {
    // It waits for others, and is silent while the migrations run on another connection.
    stream.setTimeout(0);
    // Whoever waits here waits for another process's migrations, which may well take longer than a request may.
    await runner.query('SET statement_timeout = 0');
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.runMigrations();
  } finally {
    try {
      await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await runner.query('RESET statement_timeout');
      stream.setTimeout(SILENT_MS);
    } finally {
      await runner.release();
    }
  }
}
