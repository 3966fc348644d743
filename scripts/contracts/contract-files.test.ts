import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Baseline, readBaselines, readContractFiles } from './contract-files.ts';

let folder: string;
let root: URL;

/** A git of its own: no settings of the user, no repository named by the environment. */
function git(...args: string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org'];
  const env = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', [...identity, ...args], { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' });
}

function write(name: string, text: string): void {
  writeFileSync(join(folder, 'contracts', name), text);
}

function commit(text: string): string {
  write('a.json', text);
  git('add', '.');
  git('commit', '--quiet', '--message', text);
  return git('rev-parse', 'HEAD').trim();
}

const textsOf = (baselines: readonly Baseline[]): (string | undefined)[] =>
  baselines.map(({ files }) => files.get('a.json'));

const hasGit = ((): boolean => {
  try {
    return execFileSync('git', ['--version']).length > 0;
  } catch {
    return false;
  }
})();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hoerok-contracts-'));
  root = pathToFileURL(`${folder}/`);
  mkdirSync(join(folder, 'contracts/retired'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('contract files', () => {
  it('are read with the retired ones, and nothing else', async () => {
    write('a.json', 'A');
    write('retired/b.json', 'B');
    write('README.md', 'C');
    expect([...(await readContractFiles(root))]).toEqual([
      ['a.json', 'A'],
      ['retired/b.json', 'B'],
    ]);
  });

  it('are none where there is no folder', async () => {
    rmSync(join(folder, 'contracts'), { recursive: true });
    expect((await readContractFiles(root)).size).toBe(0);
  });
});

// Whoever has the sources without git checks drift only, and so do these tests.
describe.skipIf(!hasGit)('baselines', () => {
  it('are the files on disk where there is no repository, or no commit in it', async () => {
    write('a.json', 'on disk');
    expect(textsOf(await readBaselines(root))).toEqual(['on disk']);
    git('init', '--quiet', '--initial-branch', 'main');
    expect(textsOf(await readBaselines(root))).toEqual(['on disk']);
  });

  it('are the last commit and the one before it on the published branch', async () => {
    git('init', '--quiet', '--initial-branch', 'main');
    commit('first');
    commit('second');
    commit('third');
    write('a.json', 'not committed');
    expect(textsOf(await readBaselines(root))).toEqual(['third', 'second']);
  });

  it('are the commit where a branch left the published one, whatever happened on either since', async () => {
    git('init', '--quiet', '--initial-branch', 'main');
    commit('fork');
    git('checkout', '--quiet', '-b', 'feature');
    commit('on the branch');
    commit('on the branch again');
    git('checkout', '--quiet', 'main');
    commit('on main');
    git('checkout', '--quiet', 'feature');
    expect(textsOf(await readBaselines(root))).toEqual(['fork']);
  });

  it('include retired files and leave out a folder that was not there yet', async () => {
    git('init', '--quiet', '--initial-branch', 'main');
    git('commit', '--quiet', '--allow-empty', '--message', 'empty');
    write('retired/b.json', 'B');
    commit('A');
    const names = (await readBaselines(root)).map(({ files }) => [...files.keys()]);
    expect(names).toEqual([['a.json', 'retired/b.json'], []]);
  });

  it('are the commit that is named, which must be here', async () => {
    git('init', '--quiet', '--initial-branch', 'main');
    const first = commit('first');
    commit('second');
    commit('third');
    expect(textsOf(await readBaselines(root, first))).toEqual(['first']);
    await expect(readBaselines(root, 'nowhere')).rejects.toThrow('"nowhere" is no commit that is here.');
  });
});
