import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchContainer } from './container.ts';
import { unpackNatsRelease } from './nats-release.ts';
import { probeNats } from './probes.ts';
import { findProgram, libraryPath, type Program, type ProgramSource } from './programs.ts';
import { OPERATOR, writeUsersConfig } from './nats-users.ts';
import { keepSecret } from './secrets.ts';
import type { Launch, ServerSpec } from './server-process.ts';
import { isAtLeast } from './versions.ts';

export const NATS_MINIMUM = '2.9.0';

const SOURCE: ProgramSource = {
  name: 'nats-server',
  label: 'NATS server',
  commands: ['nats-server'],
  minimumVersion: NATS_MINIMUM,
  laterSuites: true,
  image: 'nats:2.12-alpine',
  imageVersion: '2.12.0',
  variable: 'NATS_URL',
  officialRelease: unpackNatsRelease,
};

/** NATS with JetStream on 127.0.0.1, a user for each service and one for operators, streams under `<stateDir>/nats`. */
export function natsServer(stateDir: string, serversDir: string, log: (line: string) => void): ServerSpec {
  return {
    name: 'nats',
    label: 'NATS',
    stopSignal: 'SIGTERM',
    prepare: async (port) => launch(stateDir, await findProgram(SOURCE, serversDir, log), port),
    probe: (port) => probeNats(natsUrl(stateDir, port)),
  };
}

/** The URL with its credentials; the client library does not read them from there, see `natsOptions`. */
export function natsUrl(stateDir: string, port: number): string {
  return `nats://${OPERATOR}:${keepSecret(stateDir, 'nats')}@127.0.0.1:${port}`;
}

export interface NatsSettings {
  /** Version of the server that will read the text. */
  readonly version: string;
  readonly host: string;
  readonly port: number;
  readonly storeDir: string;
}

/** Far above what the processes of one machine open; a client that leaks connections meets it. */
const MAX_CONNECTIONS = 4_096;

/**
 * A server's configuration for its version. Every publish is flushed to disk before it is acknowledged
 * where the server can (2.10); 2.9 refuses to start when it reads that key. The users stand in a file beside it, which
 * is written anew and read again while the server runs.
 */
export function natsConfig(settings: NatsSettings): string {
  const sync = isAtLeast(settings.version, '2.10.0') ? '\n  sync_interval: always' : '';
  return `server_name: hoerok
listen: ${JSON.stringify(`${settings.host}:${settings.port}`)}
max_payload: 1048576
max_connections: ${MAX_CONNECTIONS}
jetstream {
  store_dir: ${JSON.stringify(settings.storeDir)}
  max_memory_store: 256MB
  max_file_store: 8GB${sync}
}
include "./users.conf"
`;
}

async function launch(stateDir: string, program: Program, port: number): Promise<Launch> {
  const folder = join(stateDir, 'nats');
  mkdirSync(folder, { recursive: true });
  const inContainer = program.kind === 'docker';
  const config = natsConfig({
    version: program.version,
    host: inContainer ? '0.0.0.0' : '127.0.0.1',
    port: inContainer ? 4222 : port,
    storeDir: inContainer ? '/data' : folder,
  });
  writeUsersConfig(stateDir);
  const configFile = join(folder, 'nats.conf');
  writeFileSync(configFile, config, { mode: 0o600 });
  if (inContainer) {
    const command = ['--config', '/data/nats.conf'];
    return launchContainer({
      name: 'nats',
      image: program.image,
      stateDir,
      folder,
      port,
      innerPort: 4222,
      command,
    });
  }
  const env = { PATH: process.env.PATH, ...libraryPath(program.libraries) };
  return { command: program.path, args: ['--config', configFile], cwd: folder, env };
}
