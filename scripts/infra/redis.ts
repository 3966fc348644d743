import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchContainer } from './container.ts';
import { probeRedis } from './probes.ts';
import { findProgram, libraryPath, type Program, type ProgramSource } from './programs.ts';
import { REDIS_OPERATOR } from './redis-users.ts';
import { keepSecret } from './secrets.ts';
import type { Launch, ServerSpec } from './server-process.ts';

export const REDIS_MINIMUM = '6.2.0';

// No official release: Redis publishes source only, and a compiler is more than we may expect.
const SOURCE: ProgramSource = {
  name: 'redis-server',
  label: 'Redis',
  commands: ['redis-server', 'valkey-server'],
  minimumVersion: REDIS_MINIMUM,
  laterSuites: false,
  image: 'redis:7.4-alpine',
  imageVersion: '7.4.0',
  variable: 'REDIS_URL',
};

/** Redis on 127.0.0.1 with named users only, see redis-users.ts. It keeps nothing on disk: a cache that starts empty. */
export function redisServer(stateDir: string, serversDir: string, log: (line: string) => void): ServerSpec {
  return {
    name: 'redis',
    label: 'Redis',
    stopSignal: 'SIGTERM',
    prepare: async (port) => launch(stateDir, await findProgram(SOURCE, serversDir, log), port),
    probe: (port) => probeRedis(redisUrl(stateDir, port)),
  };
}

export function redisUrl(stateDir: string, port: number): string {
  return `redis://${REDIS_OPERATOR}:${keepSecret(stateDir, 'redis')}@127.0.0.1:${port}`;
}

async function launch(stateDir: string, program: Program, port: number): Promise<Launch> {
  const folder = join(stateDir, 'redis');
  mkdirSync(folder, { recursive: true });
  const inContainer = program.kind === 'docker';
  // In a file, not in arguments: any user of the machine can read those.
  const config = `bind ${inContainer ? '0.0.0.0' : '127.0.0.1'}
port ${inContainer ? 6379 : port}
user default off
user ${REDIS_OPERATOR} on >${keepSecret(stateDir, 'redis')} ~* &* +@all
dir ${JSON.stringify(inContainer ? '/data' : folder)}
appendonly no
save ""
maxmemory 256mb
maxmemory-policy allkeys-lru
`;
  const configFile = join(folder, 'redis.conf');
  writeFileSync(configFile, config, { mode: 0o600 });
  if (inContainer) {
    const command = ['redis-server', '/data/redis.conf'];
    return launchContainer({
      name: 'redis',
      image: program.image,
      stateDir,
      folder,
      port,
      innerPort: 6379,
      command,
    });
  }
  const env = { PATH: process.env.PATH, ...libraryPath(program.libraries) };
  return { command: program.path, args: [configFile], cwd: folder, env };
}
