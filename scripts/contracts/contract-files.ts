import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Texts of contract files by their path under `contracts/`: `<type>.json` or `retired/<type>.json`. */
export type ContractFiles = ReadonlyMap<string, string>;

/** Contracts that others may already rely on. */
export interface Baseline {
  /** Where they come from: a commit, or the files themselves. */
  readonly name: string;
  readonly files: ContractFiles;
}

/** Branches that count as published, the first one that is there. */
const PUBLISHED = ['origin/HEAD', 'origin/main', 'main'];

/** The files in `contracts/` under `root`; empty when there is no such folder. */
export async function readContractFiles(root: URL): Promise<ContractFiles> {
  const folder = new URL('contracts/', root);
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return await readAll(names, (name) => readFile(new URL(name, folder), 'utf8'));
}

/**
 * What a change has to be compatible with. With git: the commit where this branch left the published one; on that branch
 * itself HEAD and the commit before it, so that the last commit is judged too. `base` names another commit, for a push of
 * several. Without git or commits the files as they are on disk, which still stop `write` from breaking them.
 *
 * @throws Error when `base` is no commit.
 */
export async function readBaselines(root: URL, base?: string): Promise<Baseline[]> {
  const commits = await baseCommits(root, base);
  if (commits.length === 0) return [{ name: 'the file on disk', files: await readContractFiles(root) }];
  return await Promise.all(
    commits.map(async (commit) => {
      const listed = await git(root, 'ls-tree', '-r', '--name-only', commit, 'contracts/');
      const names = listed.split('\n').map((path) => path.replace('contracts/', ''));
      const files = await readAll(names, (name) => git(root, 'show', `${commit}:./contracts/${name}`));
      return { name: `commit ${commit.slice(0, 8)}`, files };
    }),
  );
}

async function baseCommits(root: URL, base: string | undefined): Promise<string[]> {
  const commitOf = (ref: string): Promise<string | undefined> =>
    git(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`).then(trim, nothing);
  if (base !== undefined) {
    const commit = await commitOf(base);
    if (commit === undefined) throw new Error(`"${base}" is no commit that is here.`);
    return [commit];
  }
  const head = await commitOf('HEAD');
  if (head === undefined) return [];
  for (const branch of PUBLISHED) {
    const fork = await git(root, 'merge-base', 'HEAD', branch).then(trim, nothing);
    if (fork === head) break;
    if (fork !== undefined) return [fork];
  }
  return [head, await commitOf('HEAD^')].filter((commit) => commit !== undefined);
}

async function readAll(
  names: readonly string[],
  read: (name: string) => Promise<string>,
): Promise<ContractFiles> {
  const files = names.filter((name) => name.endsWith('.json')).sort();
  return new Map(await Promise.all(files.map(async (name) => [name, await read(name)] as const)));
}

/** Output of a git command in `root`. @throws Error when there is no git, no repository, or the command fails. */
async function git(root: URL, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', args, { cwd: fileURLToPath(root) });
  return stdout;
}

const trim = (text: string): string => text.trim();
const nothing = (): undefined => undefined;
