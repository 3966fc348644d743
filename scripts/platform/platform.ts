import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { provisionServiceDatabases, type ServiceDatabase } from '../infra/databases.ts';
import { CHECKOUT_STATE_DIR } from '../infra/infrastructure.ts';
import { freePort } from '../infra/ports.ts';
import { keepSecret } from '../infra/secrets.ts';
import { SetupError } from '../infra/setup-error.ts';
import { composeSupergraph } from '../supergraph/compose-supergraph.ts';
import { readSubgraphs, REPOSITORY, type Subgraph } from '../supergraph/supergraph-config.ts';
import { type Access, provisionAccess } from './access.ts';
import { type ServiceProcess, type ServiceSpec, startServiceProcess } from './service-process.ts';
import { keepTokenSigningKey } from './signing-key.ts';

const HOST = '127.0.0.1';

/** Options of {@link startPlatform}. */
export interface PlatformOptions {
  readonly servers: { readonly databaseUrl: string; readonly natsUrl: string; readonly redisUrl: string };
  /** State folder of those servers: only there processes get users of their own. @default `.hoerok` of this checkout */
  readonly serverDir?: string;
  /** Port of the gateway; must be free. */
  readonly gatewayPort: number;
  /** What databases and roles begin with. @default 'hoerok' */
  readonly databasePrefix?: string;
  /** Before every stream, subject and cache key. @default '' */
  readonly namespace?: string;
  /** Folder for logs, the composed supergraph and secrets. @default `.hoerok` of this checkout */
  readonly stateDir?: string;
  /** More environment, by service name or `*` for all. */
  readonly environment?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The gateway and every subgraph, each in a process of its own. */
export interface RunningPlatform {
  readonly gatewayUrl: string;
  /** As they run now. */
  readonly processes: readonly ServiceProcess[];
  /** Starts a process again that has ended. @throws SetupError */
  readonly restart: (name: string) => Promise<void>;
  /** Base URL of each subgraph, by name. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  /** The gateway first, then the subgraphs. Idempotent. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts every subgraph that supergraph.yaml lists and then the gateway in front of them.
 * @throws SetupError with one sentence; what had been started is stopped again
 */
export async function startPlatform(options: PlatformOptions): Promise<RunningPlatform> {
  const stateDir = options.stateDir ?? CHECKOUT_STATE_DIR;
  const subgraphs = await withFreePorts(await readSubgraphs());
  const names = subgraphs.map(({ name }) => name);
  const databases = await provisionServiceDatabases(options.servers.databaseUrl, names, {
    prefix: options.databasePrefix ?? 'hoerok',
    stateDir,
  });
  const access = await provisionAccess({
    servers: options.servers,
    serverDir: options.serverDir ?? CHECKOUT_STATE_DIR,
    stateDir,
    namespace: options.namespace ?? '',
    services: names,
  });
  const specs = subgraphs.map((subgraph) =>
    subgraphSpec(options, stateDir, { subgraph, database: databases[subgraph.name], access }),
  );
  const supergraphFile = writeSupergraph(
    subgraphs,
    join(stateDir, 'run', `supergraph${options.namespace ?? ''}.graphql`),
  );
  const started: ServiceProcess[] = [];
  const stop = async (): Promise<void> => {
    const [gateway, ...others] = started.toReversed();
    await gateway?.stop();
    await Promise.all(others.map((service) => service.stop()));
    // A namespace of its own does not come back; the others keep their users for the next start.
    if (options.namespace !== undefined && options.namespace !== '') await access.remove();
  };
  try {
    const settled = await Promise.allSettled(specs.map(startServiceProcess));
    for (const one of settled) if (one.status === 'fulfilled') started.push(one.value);
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    const gateway = gatewaySpec(options, stateDir, { subgraphs, supergraphFile, access });
    specs.push(gateway);
    started.push(await startServiceProcess(gateway));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    gatewayUrl: `http://${HOST}:${options.gatewayPort}`,
    processes: started,
    restart: async (name) => {
      const spec = specs.find((one) => one.name === name);
      if (spec === undefined) throw new SetupError(`There is no process "${name}".`);
      started[started.findIndex((one) => one.name === name)] = await startServiceProcess(spec);
    },
    subgraphUrls: Object.fromEntries(
      subgraphs.map(({ name, routingUrl }) => [name, new URL(routingUrl).origin]),
    ),
    stop,
  };
}

/** The subgraphs at the ports of supergraph.yaml, or at other free ones where those are taken. */
async function withFreePorts(subgraphs: readonly Subgraph[]): Promise<Subgraph[]> {
  const moved: Subgraph[] = [];
  const taken = new Set<number>();
  for (const subgraph of subgraphs) {
    const url = new URL(subgraph.routingUrl);
    let port = await freePort(Number(url.port));
    // Nothing listens there yet, so the system may pick the same one twice.
    while (taken.has(port)) port = await freePort();
    taken.add(port);
    url.port = String(port);
    moved.push({ ...subgraph, routingUrl: url.href });
  }
  return moved;
}

function writeSupergraph(subgraphs: readonly Subgraph[], file: string): string {
  const composition = composeSupergraph(subgraphs);
  if (!composition.ok) throw new SetupError(`The subgraphs do not compose: ${composition.errors.join(' ')}`);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, composition.supergraphSdl);
  return file;
}

function subgraphSpec(
  options: PlatformOptions,
  stateDir: string,
  service: {
    readonly subgraph: Subgraph;
    readonly database: ServiceDatabase | undefined;
    readonly access: Access;
  },
): ServiceSpec {
  const { name, routingUrl } = service.subgraph;
  const { origin, port } = new URL(routingUrl);
  return {
    name,
    main: new URL(`subgraphs/${name}/src/main.ts`, REPOSITORY),
    url: origin,
    logFile: logFileOf(options, stateDir, name),
    environment: {
      ...sharedEnvironment(options, stateDir),
      PORT: port,
      DATABASE_URL: service.database?.url ?? '',
      MIGRATION_DATABASE_URL: service.database?.migrationUrl ?? '',
      NATS_URL: service.access.natsUrl(name),
      REDIS_URL: service.access.redisUrl(name),
      GATEWAY_URL: `http://${HOST}:${options.gatewayPort}`,
      ...ownEnvironment(name, stateDir),
      ...options.environment?.['*'],
      ...options.environment?.[name],
    },
  };
}

function ownEnvironment(name: string, stateDir: string): Record<string, string> {
  switch (name) {
    case 'users':
      return { TOKEN_SIGNING_KEY_FILE: keepTokenSigningKey(stateDir) };
    case 'transcripts':
      return { RECORDINGS_DIR: process.env['RECORDINGS_DIR'] ?? join(stateDir, 'recordings') };
    case 'notifications':
      return { SPOOL_DIR: process.env['SPOOL_DIR'] ?? join(stateDir, 'spool') };
    default:
      return {};
  }
}

function gatewaySpec(
  options: PlatformOptions,
  stateDir: string,
  sources: {
    readonly subgraphs: readonly Subgraph[];
    readonly supergraphFile: string;
    readonly access: Access;
  },
): ServiceSpec {
  const users = sources.subgraphs.find(({ name }) => name === 'users');
  return {
    name: 'gateway',
    main: new URL('gateway/src/main.ts', REPOSITORY),
    url: `http://${HOST}:${options.gatewayPort}`,
    logFile: logFileOf(options, stateDir, 'gateway'),
    environment: {
      ...sharedEnvironment(options, stateDir),
      PORT: String(options.gatewayPort),
      // What is fetched for many requests at a time is young and large.
      NODE_OPTIONS: '--max-semi-space-size=64',
      NATS_URL: sources.access.natsUrl('gateway'),
      REDIS_URL: sources.access.redisUrl('gateway'),
      SUPERGRAPH_FILE: sources.supergraphFile,
      ...(users === undefined ? {} : identityEnvironment(users.routingUrl)),
      ...options.environment?.['*'],
      ...options.environment?.['gateway'],
    },
  };
}

function identityEnvironment(usersUrl: string): Record<string, string> {
  const at = (path: string): string => new URL(path, usersUrl).href;
  return { JWKS_URL: at('/.well-known/jwks.json'), API_KEYS_URL: at('/internal/api-keys') };
}

function sharedEnvironment(options: PlatformOptions, stateDir: string): Record<string, string> {
  return {
    HOST,
    NAMESPACE: options.namespace ?? '',
    INTERNAL_SIGNING_KEYS: keepSecret(stateDir, 'internal-signing-key'),
  };
}

function logFileOf(options: PlatformOptions, stateDir: string, name: string): string {
  return join(stateDir, 'log', `${options.namespace ?? ''}${name}.log`);
}
