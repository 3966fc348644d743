import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, glob } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unpackFromApt } from './apt.ts';
import { unpackFromBrew } from './brew.ts';
import { reasonOf, SetupError } from './setup-error.ts';
import { isAtLeast, parseVersion } from './versions.ts';

const run = promisify(execFile);

/** A server program and where it can come from. */
export interface ProgramSource {
  /** Name of the Debian package, of the Homebrew formula and of the folder it is unpacked to. */
  readonly name: string;
  readonly label: string;
  /** Names of the executable, the preferred first. */
  readonly commands: readonly string[];
  readonly minimumVersion: string;
  /** Whether a newer one from a later suite of the same mirror is better and runs without more packages. */
  readonly laterSuites: boolean;
  /** Image for a running container engine, and the version inside it. */
  readonly image: string;
  readonly imageVersion: string;
  /** The variable that points at a server somebody else runs. */
  readonly variable: string;
  /** Unpacks the makers' own build into the folder. */
  readonly officialRelease?: (folder: string) => Promise<void>;
}

export type Program =
  | { readonly kind: 'native'; readonly path: string; readonly version: string; readonly libraries: string }
  | { readonly kind: 'docker'; readonly image: string; readonly version: string };

/**
 * Finds the program: what an earlier start unpacked (so that its files on disk stay in the version that
 * wrote them), then PATH, then a running container engine, then the packages of the system, unpacked under
 * `serversDir` and never installed, then the official release.
 * @throws SetupError naming every way that was tried
 */
export async function findProgram(
  source: ProgramSource,
  serversDir: string,
  log: (line: string) => void,
): Promise<Program> {
  const folder = join(serversDir, source.name);
  const present = (await fromFolder(source, folder)) ?? (await fromPath(source));
  if (present) return present;
  if (await engineRuns()) return { kind: 'docker', image: source.image, version: source.imageVersion };
  log(`Fetching ${source.label} …`);
  const tried: string[] = [];
  const ways = [
    {
      name: 'apt',
      unpack: () =>
        unpackFromApt(source, folder, async () => (await fromFolder(source, folder)) !== undefined),
    },
    { name: 'brew', unpack: () => unpackFromBrew(source.name, folder) },
    { name: 'official release', unpack: source.officialRelease && (() => source.officialRelease?.(folder)) },
  ];
  for (const { name, unpack } of ways) {
    if (!unpack) continue;
    try {
      await unpack();
      const found = await fromFolder(source, folder);
      if (found) return found;
      tried.push(`${name}: nothing that is ${source.minimumVersion} or newer and runs here`);
    } catch (error) {
      tried.push(`${name}: ${reasonOf(error)}`);
    }
  }
  throw new SetupError(
    `${source.label} ${source.minimumVersion} or newer is not on this machine and could not be fetched; ` +
      `install ${source.name}, start Docker, or set ${source.variable} to a server you have (tried ${tried.join('; ')}).`,
  );
}

async function fromFolder(source: ProgramSource, folder: string): Promise<Program | undefined> {
  const pattern = `**/{${source.commands.join(',')},}`;
  const libraries = new Set<string>();
  for await (const file of glob('**/*.{so,so.*,dylib}', { cwd: folder }))
    libraries.add(join(folder, dirname(file)));
  for await (const file of glob(pattern, { cwd: folder })) {
    const found = await asProgram(source, join(folder, file), [...libraries].join(delimiter));
    if (found) return found;
  }
  return undefined;
}

async function fromPath(source: ProgramSource): Promise<Program | undefined> {
  for (const command of source.commands) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const found = folder && (await asProgram(source, join(folder, command), ''));
      if (found) return found;
    }
  }
  return undefined;
}

async function asProgram(
  source: ProgramSource,
  path: string,
  libraries: string,
): Promise<Program | undefined> {
  try {
    await access(path, constants.X_OK);
    const { stdout } = await run(path, ['--version'], {
      env: { ...process.env, ...libraryPath(libraries) },
      timeout: 10_000,
    });
    const version = parseVersion(stdout);
    if (version === undefined || !isAtLeast(version, source.minimumVersion)) return undefined;
    return { kind: 'native', path, version, libraries };
  } catch {
    // Absent, a folder, or built for another system: not a program for us, the next way is tried.
    return undefined;
  }
}

/** The variable by which the dynamic linker finds libraries that lie in unusual folders. */
export function libraryPath(libraries: string): NodeJS.ProcessEnv {
  if (!libraries) return {};
  return process.platform === 'darwin' ? { DYLD_LIBRARY_PATH: libraries } : { LD_LIBRARY_PATH: libraries };
}

async function engineRuns(): Promise<boolean> {
  try {
    await run('docker', ['info'], { timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
}
