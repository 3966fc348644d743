import { execFile, execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { promisify } from 'node:util';
import { SetupError } from './setup-error.ts';

const run = promisify(execFile);

/** Who runs a program that refuses to run as root, and how the command line changes for that. */
export interface RunAs {
  /** Undefined: we are not root, the program runs as we do. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** For `spawn`: credentials to drop to, unless the command line does it. */
  readonly credentials: { readonly uid?: number; readonly gid?: number };
  /** The command line that runs `program` with `args` as that user. */
  command(program: string, args: readonly string[]): { command: string; args: string[] };
}

/**
 * As root, an existing unprivileged user: the owner of `folder` if that is one, else nobody, else postgres.
 * No user is ever created. When that user cannot reach `program` because a folder above the checkout is
 * closed (`/root`, a `mktemp -d`), setpriv leaves it one capability, to read and pass closed folders.
 * It may not write anywhere but in its own folder either way.
 * @throws SetupError when no user can reach it
 */
export async function chooseUser(folder: string, program: string): Promise<RunAs> {
  const plain = (name: string, args: readonly string[]): { command: string; args: string[] } => ({
    command: name,
    args: [...args],
  });
  if (process.getuid?.() !== 0) return { credentials: {}, command: plain };
  const owner = findOwner(folder);
  const dropped: RunAs = { owner, credentials: owner, command: plain };
  if (await reaches(dropped, folder, program)) return dropped;
  const capable: RunAs = {
    owner,
    credentials: {},
    command: (name, args) => ({ command: 'setpriv', args: [...setprivFlags(owner), name, ...args] }),
  };
  if (await reaches(capable, folder, program)) return capable;
  throw new SetupError(
    `PostgreSQL does not run as root, and the user with id ${owner.uid} cannot reach ${folder}; ` +
      'run as an ordinary user, or move the checkout to a folder that others may enter.',
  );
}

function setprivFlags(owner: { uid: number; gid: number }): string[] {
  return [
    `--reuid=${owner.uid}`,
    `--regid=${owner.gid}`,
    '--clear-groups',
    '--inh-caps=+dac_read_search',
    '--ambient-caps=+dac_read_search',
    // Without this access(2) ignores the capability, and PostgreSQL asks access(2) about its own files.
    '--securebits=+no_setuid_fixup',
    '--',
  ];
}

async function reaches(user: RunAs, folder: string, program: string): Promise<boolean> {
  const script = 'cd "$1" && exec "$2" --version';
  const { command, args } = user.command('/bin/sh', ['-c', script, 'sh', folder, program]);
  try {
    await run(command, args, { ...user.credentials, cwd: '/', env: { PATH: process.env.PATH } });
    return true;
  } catch {
    return false;
  }
}

function findOwner(folder: string): { uid: number; gid: number } {
  const { uid, gid } = statSync(folder);
  if (uid !== 0) return { uid, gid };
  for (const name of ['nobody', 'postgres']) {
    try {
      const id = (flag: string): number =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // No such user here; the next.
    }
  }
  throw new SetupError(
    'PostgreSQL does not run as root, and there is no user "nobody" here; run as an ordinary user.',
  );
}
