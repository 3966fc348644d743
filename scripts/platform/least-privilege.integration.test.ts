import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { deleteStreams, testServers, until } from '@hoerok/shared/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provisionServiceDatabases, type ServiceDatabase } from '../infra/databases.ts';
import { freePort } from '../infra/ports.ts';
import { REPOSITORY } from '../supergraph/supergraph-config.ts';

const run = promisify(execFile);
const MAIN = fileURLToPath(new URL('subgraphs/todos/src/main.ts', REPOSITORY));
const NAMESPACE = `l${randomBytes(4).toString('hex')}`;
const opened = new AsyncDisposableStack();
let database: ServiceDatabase;
let port: number;

beforeAll(async () => {
  const { databaseUrl, natsUrl } = testServers();
  const stateDir = await mkdtemp(join(tmpdir(), 'hoerok-least-'));
  opened.defer(() => rm(stateDir, { recursive: true, force: true }));
  ({ todos: database } = await provisionServiceDatabases(databaseUrl, ['todos'], {
    stateDir,
    prefix: NAMESPACE,
  }));
  opened.defer(async () => {
    const admin = new pg.Client({ connectionString: databaseUrl });
    await admin.connect();
    await admin.query(`drop database ${NAMESPACE}_todos with (force)`);
    await admin.query(`drop role ${NAMESPACE}_todos, ${NAMESPACE}_todos_owner`);
    await admin.end();
    await deleteStreams(natsUrl, NAMESPACE);
  });
  port = await freePort();
}, 60_000);

afterAll(() => opened.disposeAsync());

function environment(databaseUrl: string): NodeJS.ProcessEnv {
  const { natsUrl, redisUrl } = testServers();
  return {
    PATH: process.env['PATH'],
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    NATS_URL: natsUrl,
    REDIS_URL: redisUrl,
    GATEWAY_URL: 'http://127.0.0.1:9',
    INTERNAL_SIGNING_KEYS: randomBytes(24).toString('hex'),
    NAMESPACE,
    LOG_LEVEL: 'warn',
  };
}

/** TCP ports that a process listens on, by what the kernel says. */
async function listeningPorts(pid: number): Promise<number[]> {
  const table = (
    await Promise.all(['tcp', 'tcp6'].map((kind) => readFile(`/proc/${pid}/net/${kind}`, 'utf8')))
  ).join('');
  const LISTEN = '0A';
  const ports = new Map(
    table
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => columns[3] === LISTEN)
      .map((columns) => [`socket:[${columns[9]}]`, Number.parseInt(columns[1]?.split(':').at(-1) ?? '', 16)]),
  );
  const files = await readdir(`/proc/${pid}/fd`);
  const targets = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')));
  return targets.flatMap((target) => ports.get(target) ?? []).sort((a, b) => a - b);
}

const NOBODY = ['--reuid=65534', '--regid=65534', '--clear-groups'];

// It takes root, setpriv (Linux), and a checkout that others may read: one below a private directory is not.
function canBecomeNobody(): boolean {
  return [MAIN, process.execPath].every(
    (file) => spawnSync('setpriv', [...NOBODY, 'test', '-r', file]).status === 0,
  );
}

async function isReady(): Promise<boolean> {
  const { status } = await fetch(`http://127.0.0.1:${port}/health/readiness`).catch(() => ({ status: 0 }));
  return status === 200;
}

describe('a service process', () => {
  it('C31: says in a sentence that its role may not migrate, and does not start', async () => {
    const started = run(process.execPath, [MAIN], { env: environment(database.url) });
    await expect(started).rejects.toMatchObject({ stderr: expect.stringMatching(/permission denied/) });
  });

  it('C31: migrates by the owner of the tables and ends, when that is all it is asked', async () => {
    const migrated = run(process.execPath, [MAIN, '--migrate'], { env: environment(database.migrationUrl) });
    await expect(migrated).resolves.toMatchObject({ stderr: '' });
  });

  it.runIf(canBecomeNobody())(
    'C31, C37: then runs without the owner, as an unprivileged user that can gain no right',
    async () => {
      const hardened = [...NOBODY, '--no-new-privs', '--inh-caps=-all', '--bounding-set=-all'];
      const node = [process.execPath, '--max-old-space-size=192', MAIN];
      const child = spawn('setpriv', [...hardened, ...node], {
        env: environment(database.url),
        stdio: ['ignore', 'ignore', 'inherit'],
        cwd: '/',
      });
      const exited = once(child, 'exit');
      try {
        await until('the service is ready', isReady, { deadlineMs: 30_000 });
        const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
        expect(status).toMatch(/^Uid:\t65534\t65534/m);
        expect(status).toMatch(/^NoNewPrivs:\t1/m);
        expect(status).toMatch(/^CapEff:\t0+$/m);
        expect(status).toMatch(/^CapBnd:\t0+$/m);
        // C35: one port, and it is the documented one.
        expect(await listeningPorts(child.pid ?? 0)).toEqual([port]);
        // C34: neither a URL with a password nor a key can be read by every user of the machine.
        const commandLine = await readFile(`/proc/${child.pid}/cmdline`, 'utf8');
        expect(commandLine).not.toMatch(/:\/\/|[0-9a-f]{32}/);
      } finally {
        child.kill('SIGTERM');
        expect(await exited).toEqual([0, null]);
      }
    },
  );
});
