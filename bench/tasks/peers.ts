import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { CHECKOUT_STATE_DIR } from '../../scripts/infra/infrastructure.ts';

const run = promisify(execFile);
const FOLDER = join(CHECKOUT_STATE_DIR, 'bench-peers');

/** What we compare with, in exact versions; `ioredis` is the client that BullMQ asks for. */
export const PEER_VERSIONS = {
  bullmq: '6.7.0',
  'graphile-worker': '0.18.0',
  'pg-boss': '12.35.0',
  ioredis: '6.0.0',
} as const;

type Peer = keyof typeof PEER_VERSIONS;

/**
 * Puts the peers into `.hoerok/bench-peers`; they are no dependencies of the repository.
 * @throws Error that says what failed and what to do
 */
export async function installPeers(): Promise<void> {
  await installInto(FOLDER, PEER_VERSIONS);
}

/**
 * Installs packages of exact versions into a folder, unless they are there.
 * @param overrides what packages below them get, as npm's field of that name.
 * @throws Error that says what failed and what to do
 */
export async function installInto(
  folder: string,
  versions: Readonly<Record<string, string>>,
  overrides: Readonly<Record<string, string>> = {},
): Promise<void> {
  if (await arePresent(folder, versions)) return;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), `${JSON.stringify({ private: true, overrides })}\n`);
  const packages = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  const flags = ['--save-exact', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const cache = ['--cache', join(CHECKOUT_STATE_DIR, 'npm-cache')];
  await run('npm', ['install', ...flags, ...cache, ...packages], { cwd: folder }).catch((error: unknown) => {
    const { stderr = '', message } = error as Error & { stderr?: string };
    throw new Error(
      `The peers (${packages.join(', ')}) could not be installed into ${folder}; check the connection to the npm registry ` +
        `and run the command again. npm says: ${stderr.trim() || message}`,
      { cause: error },
    );
  });
}

/** Loads an installed peer; `T` names the part of its interface that is used. */
export async function importPeer<T>(name: Peer): Promise<T> {
  const path = createRequire(join(FOLDER, 'package.json')).resolve(name);
  return (await import(pathToFileURL(path).href)) as T;
}

async function arePresent(folder: string, versions: Readonly<Record<string, string>>): Promise<boolean> {
  for (const [name, version] of Object.entries(versions)) {
    const file = join(folder, 'node_modules', name, 'package.json');
    const text = await readFile(file, 'utf8').catch(() => '{}');
    if ((JSON.parse(text) as { version?: string }).version !== version) return false;
  }
  return true;
}
