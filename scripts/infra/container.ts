import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import type { Launch, ServerName } from './server-process.ts';

const run = promisify(execFile);

/** A server inside a container: one folder of ours becomes `/data`, its port is published to 127.0.0.1. */
export interface Container {
  readonly name: ServerName;
  readonly image: string;
  readonly stateDir: string;
  readonly folder: string;
  readonly port: number;
  readonly innerPort: number;
  readonly command: readonly string[];
}

/**
 * Runs the container in the foreground: its CLI stands for the server, passes signals on, and ends with it.
 * A container that a killed CLI left behind is removed first.
 */
export async function launchContainer(container: Container): Promise<Launch> {
  const checkout = createHash('sha256').update(container.stateDir).digest('hex').slice(0, 12);
  const name = `hoerok-${checkout}-${container.name}`;
  await run('docker', ['rm', '--force', name]).catch(() => undefined);
  // On Linux files would otherwise belong to the image's user.
  const user = process.getuid && process.getgid ? ['--user', `${process.getuid()}:${process.getgid()}`] : [];
  const ports = ['--publish', `127.0.0.1:${container.port}:${container.innerPort}`];
  const mount = ['--mount', `type=bind,source=${container.folder},target=/data`];
  return {
    command: 'docker',
    args: ['run', '--rm', '--name', name, ...user, ...ports, ...mount, container.image, ...container.command],
    cwd: container.folder,
    env: process.env,
  };
}
