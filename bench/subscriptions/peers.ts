import { join } from 'node:path';
import { CHECKOUT_STATE_DIR } from '../../scripts/infra/infrastructure.ts';
import { installInto } from '../tasks/peers.ts';

const FOLDER = join(CHECKOUT_STATE_DIR, 'bench-peers', 'subscriptions');
const HIVE = '@graphql-hive/gateway';

/** What we compare with, in exact versions; `graphql` is the peer dependency that it asks for. */
export const PEER_VERSIONS = { [HIVE]: '2.15.1', graphql: '16.15.0' };

/**
 * Puts Hive Gateway into `.hoerok/bench-peers/subscriptions`.
 * @throws Error that says what failed and what to do
 */
export async function installHive(): Promise<void> {
  // The version that it asks for by itself cannot be installed.
  await installInto(FOLDER, PEER_VERSIONS, { '@graphql-tools/batch-execute': '10.2.0' });
}

/** Path of the program of the installed gateway. */
export function hiveProgram(): string {
  return join(FOLDER, 'node_modules', HIVE, 'dist', 'bin.js');
}
