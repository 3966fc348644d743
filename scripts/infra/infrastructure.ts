import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from '../lock.mjs';
import { NATS_MINIMUM, natsServer, natsUrl } from './nats.ts';
import { POSTGRES_MINIMUM, postgresServer, postgresUrl } from './postgres.ts';
import { probeNats, probePostgres, probeRedis } from './probes.ts';
import { REDIS_MINIMUM, redisServer, redisUrl } from './redis.ts';
import { ensureServer, type ServerName, type ServerSpec, stopServer } from './server-process.ts';
import { reasonOf, SetupError } from './setup-error.ts';
import { countUsers, registerUser } from './users.ts';
import { isAtLeast } from './versions.ts';

export interface InfrastructureOptions {
  /** Folder for data, logs, secrets and records. @default `.hoerok` of this checkout */
  readonly stateDir?: string;
  /** Folder for fetched server programs; may be shared by several state folders. @default `<checkout>/.hoerok/servers` */
  readonly serversDir?: string;
  /** Where `DATABASE_URL`, `NATS_URL` and `REDIS_URL` are read. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Takes one line per step. @default nothing is told */
  readonly log?: (line: string) => void;
  /** When it is aborted during the start, the start ends as a failure does, with nothing left running. */
  readonly signal?: AbortSignal;
}

export interface Infrastructure {
  /** URL of a role that may create roles and databases. */
  readonly databaseUrl: string;
  /** `nats://user:password@host:port`. */
  readonly natsUrl: string;
  readonly redisUrl: string;
  readonly versions: Readonly<Record<ServerName, string>>;
  /**
   * Gives the servers back; the last user of the state folder stops them, in every process alike.
   * Idempotent.
   */
  stop(): Promise<void>;
}

interface Service {
  readonly spec: ServerSpec;
  readonly variable: string;
  readonly minimumVersion: string;
  url(port: number): string;
  probe(url: string): Promise<string>;
}

interface Reached {
  readonly url: string;
  readonly version: string;
}

/** `.hoerok` of this checkout: the one folder that set-up and servers write to. */
export const CHECKOUT_STATE_DIR = fileURLToPath(new URL('../../.hoerok', import.meta.url));

/**
 * Brings up PostgreSQL, NATS with JetStream, and Redis, or takes those that run already from this state
 * folder, so that tests work beside a running system. A URL in the environment stands for a server of yours:
 * it is checked at once and never started or stopped.
 * @throws SetupError with one sentence that says what to do; whatever was started is stopped again
 */
export async function startInfrastructure(options: InfrastructureOptions = {}): Promise<Infrastructure> {
  const stateDir = options.stateDir ?? CHECKOUT_STATE_DIR;
  const log = options.log ?? (() => undefined);
  const services = listServices(stateDir, options.serversDir ?? join(CHECKOUT_STATE_DIR, 'servers'), log);
  const lockFile = join(stateDir, 'run', 'lock');
  let unregister: (() => void) | undefined;
  const stop = (): Promise<void> =>
    withLock(lockFile, async () => {
      if (!unregister) return;
      unregister();
      unregister = undefined;
      if (countUsers(stateDir) > 0) return;
      await Promise.all(services.map(({ spec }) => stopServer(spec, stateDir)));
    });
  const begin = (): Promise<PromiseSettledResult<Reached>[]> => {
    unregister = registerUser(stateDir);
    const env = options.env ?? process.env;
    return Promise.allSettled(services.map((service) => bringUp(service, stateDir, env, log)));
  };
  const settled = await withLock(lockFile, begin, () =>
    log('Waiting for another start to finish with the servers …'),
  ).catch((error: unknown) => {
    throw asSetupError('The set-up of servers', stateDir, error);
  });
  const [postgres, nats, redis] = settled.map((one) => (one.status === 'fulfilled' ? one.value : undefined));
  if (!postgres || !nats || !redis || options.signal?.aborted) {
    await stop();
    const failed = settled.find((one) => one.status === 'rejected');
    throw failed ? failed.reason : new SetupError('Stopped while the servers were starting.');
  }
  const versions = { postgres: postgres.version, nats: nats.version, redis: redis.version };
  return { databaseUrl: postgres.url, natsUrl: nats.url, redisUrl: redis.url, versions, stop };
}

function listServices(stateDir: string, serversDir: string, log: (line: string) => void): Service[] {
  return [
    {
      spec: postgresServer(stateDir),
      variable: 'DATABASE_URL',
      minimumVersion: POSTGRES_MINIMUM,
      url: (port) => postgresUrl(stateDir, port),
      probe: probePostgres,
    },
    {
      spec: natsServer(stateDir, serversDir, log),
      variable: 'NATS_URL',
      minimumVersion: NATS_MINIMUM,
      url: (port) => natsUrl(stateDir, port),
      probe: probeNats,
    },
    {
      spec: redisServer(stateDir, serversDir, log),
      variable: 'REDIS_URL',
      minimumVersion: REDIS_MINIMUM,
      url: (port) => redisUrl(stateDir, port),
      probe: probeRedis,
    },
  ];
}

async function bringUp(
  service: Service,
  stateDir: string,
  env: Readonly<Record<string, string | undefined>>,
  log: (line: string) => void,
): Promise<Reached> {
  const { label } = service.spec;
  const given = env[service.variable];
  if (given) {
    const version = await checkGiven(service, given);
    log(`${label} ${version} (${service.variable})`);
    return { url: given, version };
  }
  try {
    const server = await ensureServer(service.spec, stateDir);
    log(
      `${label} ${server.version} on 127.0.0.1:${server.port}${server.started ? '' : ' (already running)'}`,
    );
    return { url: service.url(server.port), version: server.version };
  } catch (error) {
    throw asSetupError(label, stateDir, error);
  }
}

async function checkGiven(service: Service, url: string): Promise<string> {
  const { label } = service.spec;
  const remedy = `start that server, or unset ${service.variable} and Hoerok brings its own.`;
  let version: string;
  try {
    version = await service.probe(url);
  } catch (error) {
    throw new SetupError(`${label} at ${service.variable} cannot be used (${reasonOf(error)}); ${remedy}`, {
      cause: error,
    });
  }
  if (isAtLeast(version, service.minimumVersion)) return version;
  throw new SetupError(
    `${label} at ${service.variable} is ${version}, but ${service.minimumVersion} or newer is needed; ` +
      `upgrade it, or unset ${service.variable} and Hoerok brings its own.`,
  );
}

function asSetupError(label: string, stateDir: string, error: unknown): SetupError {
  if (error instanceof SetupError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOSPC') {
    return new SetupError(`${label} cannot start because the disk is full; free some space.`, {
      cause: error,
    });
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new SetupError(`No permission to write ${stateDir}; make it yours or move the checkout.`, {
      cause: error,
    });
  }
  return new SetupError(`${label} cannot be started: ${reasonOf(error)}.`, { cause: error });
}
