import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CHECKOUT_STATE_DIR } from '../../scripts/infra/infrastructure.ts';
import { installInto } from '../tasks/peers.ts';

/** What we compare with, in exact versions; the first package of each is the gateway. */
const PEERS = {
  hive: {
    packages: {
      '@graphql-hive/gateway': '2.15.1',
      '@graphql-hive/router-runtime': '1.4.23',
      graphql: '16.15.0',
    },
    // It asks for a version that was never published.
    overrides: { '@graphql-tools/batch-execute': '10.2.0' },
  },
  mercurius: {
    packages: { '@mercuriusjs/gateway': '5.2.0', fastify: '5.12.8', graphql: '16.13.0' },
    overrides: {},
  },
} as const;

type Peer = keyof typeof PEERS;

/** Where a peer is installed: in a folder of its own, because they want different versions of graphql. */
export function peerFolder(peer: Peer): string {
  return join(CHECKOUT_STATE_DIR, 'bench-peers', peer);
}

/** Version of the gateway. */
export function peerVersion(peer: Peer): string {
  const [version = ''] = Object.values(PEERS[peer].packages);
  return version;
}

/**
 * Installs a peer unless it is there; it is no dependency of the repository.
 * @throws Error that says what failed and what to do
 */
export async function installPeer(peer: Peer): Promise<void> {
  const { packages, overrides } = PEERS[peer];
  await installInto(peerFolder(peer), packages, overrides);
}

/** Loads a package of a peer; `T` names the part of its interface that is used. */
export async function importPeer<T>(peer: Peer, name: string): Promise<T> {
  const path = createRequire(join(peerFolder(peer), 'package.json')).resolve(name);
  return (await import(pathToFileURL(path).href)) as T;
}
