import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readSubgraphs, REPOSITORY } from '../supergraph/supergraph-config.ts';

interface ComposeService {
  readonly command?: string[];
  readonly secrets?: string[];
  readonly volumes?: string[];
  readonly ports?: string[];
  readonly image?: string;
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly read_only?: boolean;
  readonly cap_drop?: string[];
  readonly security_opt?: string[];
}

interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
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
    const isOurs = (path: string): boolean => !path.endsWith('/secrets');
    cpSync(fileURLToPath(new URL('deploy', REPOSITORY)), folder, { recursive: true, filter: isOurs });
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
  const folders = readdirSync(new URL('packages/', REPOSITORY)).map((name) => `packages/${name}`);
  for (const folder of [...subgraphs.map((name) => `subgraphs/${name}`), ...folders, 'gateway'])
    expect(read('Dockerfile')).toContain(`COPY ${folder}/package.json ${folder}/\n`);
});

it('builds images with the Node and pnpm versions that the front door installs', () => {
  const bootstrap = read('scripts/bootstrap.mjs');
  const node = /NODE_VERSION = '([\d.]+)'/.exec(bootstrap)?.[1];
  const pnpm = /PNPM_VERSION = '([\d.]+)'/.exec(bootstrap)?.[1];
  expect(read('Dockerfile')).toContain(`FROM node:${node}-`);
  expect(read('Dockerfile')).toContain(`pnpm@${pnpm}`);
  expect(read('package.json')).toContain(`"packageManager": "pnpm@${pnpm}"`);
});

describe('C35: what the deployment publishes', () => {
  it('is the gateway and the ports of signed links, on which nothing else answers', () => {
    const published = Object.entries(compose.services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => `${name} ${port.split(':').at(-1)}`),
    );
    const linked = ['ai', 'notifications', 'todos', 'transcripts'];
    expect(published.sort()).toEqual([...linked.map((name) => `${name} 4001`), 'gateway 4000'].sort());
    for (const name of linked)
      expect(compose.services[name]?.environment).toMatchObject({ PUBLIC_PORT: 4001 });
    expect(compose.services['gateway']?.environment).toMatchObject({ METRICS_PORT: 9464 });
  });
});

describe('C34: secrets of the deployment', () => {
  it('come from files, never from the environment or a command line', () => {
    for (const [name, { environment = {}, command = [] }] of Object.entries(compose.services)) {
      for (const variable of Object.keys(environment))
        if (/(_URL|_KEYS?|PASSWORD|SECRET|TOKEN)$/.test(variable))
          expect(String(environment[variable]), `${name} ${variable}`).toMatch(
            /^(https?:\/\/|\$\{(UPLOAD|EXPORT|CALENDAR|UNSUBSCRIBE|APP)_URL:-http:)/,
          );
      expect(command.join(' ')).not.toMatch(/password|:\/\/[^ ]*@/i);
    }
  });

  it('are each read by the processes that use them: no service has the role that owns its tables', () => {
    for (const name of subgraphs) {
      const { secrets = [] } = compose.services[name] ?? {};
      const others = subgraphs.filter((other) => other !== name);
      expect(secrets.filter((secret) => /owner|passwords?$/.test(secret))).toEqual([]);
      expect(secrets.filter((secret) => others.some((other) => secret.startsWith(`${other}-`)))).toEqual([]);
      expect(compose.services[`${name}-migration`]?.secrets).toEqual([`${name}-owner-database-url`]);
    }
  });

  it('never get into an image', () => {
    expect(read('.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['deploy', '.git', '.hoerok', '.env*']),
    );
    expect(read('Dockerfile')).not.toMatch(/^(ARG|ENV).*(KEY|TOKEN|SECRET|PASSWORD)/m);
    expect(read('.gitignore')).toContain('deploy/secrets');
  });
});

describe('C37: the image and its containers', () => {
  const stages = read('Dockerfile').split(/^(?=FROM )/m);
  const last = stages.at(-1) ?? '';

  it('are built of versions that are named exactly, by the lockfile, without install scripts', () => {
    for (const [, image = ''] of read('Dockerfile').matchAll(/^FROM (\S+)/gm))
      expect(image).toMatch(/^(workspace|[a-z]+:\d+\.\d+\.\d+-[a-z-]+)$/);
    for (const [line] of read('Dockerfile').matchAll(/^RUN pnpm install.*$/gm))
      expect(line).toMatch(/--frozen-lockfile.*--ignore-scripts/);
    expect(read('Dockerfile')).not.toMatch(/^ADD |curl|wget|:latest/m);
    for (const { image = 'x:1' } of Object.values(compose.services)) expect(image).toMatch(/:(?!latest)/);
  });

  it('run as a user without rights, on files that nobody writes, and say whether they are well', () => {
    expect(last.indexOf('USER node')).toBeGreaterThan(last.lastIndexOf('COPY'));
    expect(last).not.toMatch(/USER (root|0)/);
    expect(last).toContain('HEALTHCHECK');
    expect(last).not.toMatch(/--chown/);
    expect(stages.find((stage) => stage.includes('AS production'))).toContain('--prod');
    for (const name of [...subgraphs, ...subgraphs.map((subgraph) => `${subgraph}-migration`), 'gateway'])
      expect(compose.services[name]).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
    expect(read('docker-compose.yml')).not.toMatch(/privileged:|docker\.sock|network_mode: *host|pid: *host/);
  });
});
