import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPeer, peerFolder, peerVersion } from '../peers.ts';
import type { Contender, Setting } from './contender.ts';

const HOST = '127.0.0.1';
const HIVE_CONFIG = 'hoerok.config.ts';
const program = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** What all others are compared with. */
export const STOCK: Contender = {
  key: 'stock',
  name: 'stock @apollo/server + @apollo/gateway',
  args: () => [program('stock-process.ts')],
  path: '/',
  sameBytes: true,
  environment: ({ port, supergraphFile }) => ({ HOST, PORT: String(port), SUPERGRAPH: supergraphFile }),
};

/** The gateway of this repository. */
export const OURS: Contender = {
  key: 'ours',
  name: 'hoerok gateway',
  args: () => ['--max-semi-space-size=64', program('../../../gateway/src/main.ts')],
  path: '/graphql',
  sameBytes: true,
  environment: ({ port, supergraphFile }) => ({
    HOST,
    PORT: String(port),
    SUPERGRAPH_FILE: supergraphFile,
    LOG_LEVEL: 'warn',
    PROPAGATE_HEADERS: 'authorization',
  }),
};

/** The same with a connection for each fetch. */
export const OURS_UNPIPELINED: Contender = {
  ...OURS,
  key: 'ours-unpipelined',
  name: 'hoerok gateway, nothing pipelined',
  environment: (setting) => ({ ...OURS.environment(setting), SUBGRAPH_PIPELINING: '1' }),
};

const mercurius: Contender = {
  key: 'mercurius',
  name: `Mercurius gateway ${peerVersion('mercurius')}`,
  args: () => [program('mercurius-process.ts')],
  path: '/graphql',
  sameBytes: false,
  isForShopOnly: true,
  environment: ({ port, servicesFile }) => ({ HOST, PORT: String(port), SERVICES: servicesFile }),
  install: () => installPeer('mercurius'),
};

/** The leanest one; the others are measured against it. */
export const LIMIT: Contender = {
  key: 'limit',
  name: 'physical limit: plain sockets',
  args: () => [program('limit-process.ts')],
  path: '/',
  sameBytes: true,
  environment: ({ port, fetchesFile }) => ({ PORT: String(port), FETCHES: fetchesFile }),
};

const limitOfNode: Contender = {
  ...LIMIT,
  key: 'limit-node',
  name: 'physical limit: node:http and undici',
  environment: (setting) => ({ ...LIMIT.environment(setting), CLIENT: 'undici' }),
};

/** In the order of the tables. */
export const CONTENDERS: readonly Contender[] = [
  STOCK,
  hive('hive-js', 'JS runtime', {}),
  hive('hive-rust', 'Rust router-runtime', { HIVE_ROUTER_RUNTIME: 'true' }),
  mercurius,
  OURS,
  OURS_UNPIPELINED,
  limitOfNode,
  LIMIT,
];

/** Those that are no gateways: they bound what a gateway can do here. */
export const LIMITS: readonly Contender[] = [limitOfNode, LIMIT];

function hive(key: string, runtime: string, environment: Readonly<Record<string, string>>): Contender {
  const folder = peerFolder('hive');
  const address = ({ port }: Setting): Record<string, string> => ({ HOST, PORT: String(port) });
  return {
    key,
    name: `Hive Gateway ${peerVersion('hive')}, ${runtime}`,
    args: ({ supergraphFile }) => [
      join(folder, 'node_modules/@graphql-hive/gateway/dist/bin.js'),
      'supergraph',
      supergraphFile,
    ],
    cwd: folder,
    path: '/graphql',
    sameBytes: false,
    environment: (setting) => ({
      ...address(setting),
      ...environment,
      CONFIG_PATH: HIVE_CONFIG,
      LOG_LEVEL: 'warn',
    }),
    install: async () => {
      await installPeer('hive');
      // Beside its packages, where it finds them.
      await copyFile(program('hive.config.ts'), join(folder, HIVE_CONFIG));
    },
  };
}
