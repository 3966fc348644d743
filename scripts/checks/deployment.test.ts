import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { readSubgraphs, REPOSITORY } from '../supergraph/supergraph-config.ts';

interface ComposeFile {
  readonly services: Readonly<Record<string, { command?: string[]; secrets?: string[]; volumes?: string[] }>>;
  readonly secrets: Readonly<Record<string, { file: string }>>;
}

const read = (path: string): string => readFileSync(new URL(path, REPOSITORY), 'utf8');
const compose = parse(read('docker-compose.yml'), { merge: true }) as ComposeFile;
const subgraphs = (await readSubgraphs()).map(({ name }) => name);

it('runs the gateway and every subgraph of supergraph.yaml in docker-compose.yml', () => {
  for (const name of subgraphs)
    expect(compose.services[name]?.command).toEqual([`subgraphs/${name}/src/main.ts`]);
  for (const name of [...subgraphs, 'gateway']) {
    const [main = ''] = compose.services[name]?.command ?? [];
    expect(existsSync(new URL(main, REPOSITORY)), main).toBe(true);
  }
});

it('declares every secret that a service of docker-compose.yml uses', () => {
  const used = Object.values(compose.services).flatMap(({ secrets = [] }) => secrets);
  expect(Object.keys(compose.secrets).sort()).toEqual([...new Set(used)].sort());
});

it('makes every secret that docker-compose.yml names by deploy/create-secrets.sh, and keeps those that are there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hoerok-deploy-'));
  try {
    cpSync(fileURLToPath(new URL('deploy/create-secrets.sh', REPOSITORY)), join(folder, 'create-secrets.sh'));
    const make = (): void => void execFileSync('sh', [join(folder, 'create-secrets.sh')]);
    make();
    const mounted = Object.values(compose.services)
      .flatMap(({ volumes = [] }) => volumes)
      .filter((volume) => volume.startsWith('./deploy/secrets/'))
      .map((volume) => volume.split(':')[0] ?? '');
    const files = [...Object.values(compose.secrets).map(({ file }) => file), ...mounted];
    for (const file of files)
      expect(existsSync(join(folder, file.replace('./deploy/', ''))), file).toBe(true);
    const key = readFileSync(join(folder, 'secrets/internal-signing-keys'), 'utf8');
    expect(key.trim().length).toBeGreaterThanOrEqual(32);
    make();
    expect(readFileSync(join(folder, 'secrets/internal-signing-keys'), 'utf8')).toBe(key);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('copies the manifest of every workspace package into the image before it installs', () => {
  const dockerfile = read('Dockerfile');
  for (const name of subgraphs)
    expect(dockerfile).toContain(`COPY subgraphs/${name}/package.json subgraphs/${name}/`);
});

it('builds images with the Node and pnpm versions that the front door installs', () => {
  const bootstrap = read('scripts/bootstrap.mjs');
  const node = /NODE_VERSION = '([\d.]+)'/.exec(bootstrap)?.[1];
  const pnpm = /PNPM_VERSION = '([\d.]+)'/.exec(bootstrap)?.[1];
  expect(read('Dockerfile')).toContain(`FROM node:${node}-`);
  expect(read('Dockerfile')).toContain(`pnpm@${pnpm}`);
  expect(read('package.json')).toContain(`"packageManager": "pnpm@${pnpm}"`);
});
