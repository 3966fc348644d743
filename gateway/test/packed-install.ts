import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Our packages as they are packed, and where each is in the workspace. */
const PACKAGES: Readonly<Record<string, string>> = {
  gateway: 'gateway',
  executor: 'packages/executor',
  shared: 'packages/shared',
};

/** What a team has of its own. */
const PEERS: readonly string[] = ['graphql', '@apollo/server', '@types/node'];

/** The parts of a packed manifest that an installation looks at. */
interface PackedManifest {
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** A directory with the packed gateway in it. */
export interface PackedGateway {
  readonly directory: string;
  /** Path of the command `hoerok-gateway`. */
  readonly command: string;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/**
 * Packs the gateway and what it stands on, and installs the tarballs as `npm install --omit=optional` would: what the
 * packed manifests name is there, nothing else is. Other people's packages are linked and not downloaded.
 */
export async function installPacked(): Promise<PackedGateway> {
  // Modules know each other by their real paths.
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'hoerok-packed-')));
  const dispose = async (): Promise<void> => await rm(directory, { recursive: true, force: true });
  try {
    const filters = Object.keys(PACKAGES).flatMap((name) => ['--filter', `@hoerok/${name}`]);
    await run('pnpm', [...filters, 'pack', '--pack-destination', directory]);
    await Promise.all(Object.keys(PACKAGES).map(async (name) => await install(directory, name)));
    await Promise.all(
      PEERS.map(async (name) => await link(name, 'gateway', join(directory, 'node_modules'))),
    );
    const home = packageIn(directory, 'gateway');
    const { bin } = await manifestIn(home);
    const command = join(home, bin?.['hoerok-gateway'] ?? '');
    return { directory, command, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Checks a TypeScript file in the directory against the types that came with the packages. */
export async function checkTypes({ directory }: PackedGateway, file: string): Promise<void> {
  const tsc = join(root, 'node_modules/.bin/tsc');
  const options = '--noEmit --strict --module nodenext --target es2024 --types node --skipLibCheck';
  await run(tsc, [...options.split(' '), file], directory);
}

/** Runs a program; what it wrote says why it failed. */
async function run(program: string, args: readonly string[], cwd = root): Promise<void> {
  try {
    await promisify(execFile)(program, args, { cwd });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`${program} failed: ${stdout}${stderr}`, { cause: error });
  }
}

async function install(directory: string, name: string): Promise<void> {
  const tarball = (await readdir(directory)).find((file) => file.startsWith(`hoerok-${name}-`)) ?? '';
  const home = packageIn(directory, name);
  await mkdir(home, { recursive: true });
  await run('tar', ['-xzf', join(directory, tarball), '-C', home, '--strip-components', '1']);
  const { dependencies = {} } = await manifestIn(home);
  const foreign = Object.keys(dependencies).filter((dependency) => !dependency.startsWith('@hoerok/'));
  const modules = join(home, 'node_modules');
  await Promise.all(foreign.map(async (dependency) => await link(dependency, name, modules)));
}

async function link(dependency: string, from: string, modules: string): Promise<void> {
  const path = join(modules, dependency);
  await mkdir(dirname(path), { recursive: true });
  await symlink(await realpath(await find(dependency, PACKAGES[from] ?? '')), path);
}

async function find(dependency: string, workspace: string): Promise<string> {
  const own = join(root, workspace, 'node_modules', dependency);
  return await realpath(own).catch(() => join(root, 'node_modules', dependency));
}

function packageIn(directory: string, name: string): string {
  return join(directory, 'node_modules/@hoerok', name);
}

async function manifestIn(home: string): Promise<PackedManifest> {
  return JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as PackedManifest;
}
