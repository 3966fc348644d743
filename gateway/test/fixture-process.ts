import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { TEST_SIGNING_KEY, testServers, until } from '@hoerok/shared/testing';
import type { Fixture } from './fixture-gateway.ts';

const READY_WITHIN_MS = 30_000;

/** Starts a gateway over the fixture as a process of its own and waits until it is ready. */
export async function launchGateway(
  { file, messaging, issuer }: Pick<Fixture, 'file' | 'messaging' | 'issuer'>,
  port: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<ChildProcess> {
  const child = launch(new URL('../src/main.ts', import.meta.url), [], {
    SUPERGRAPH_FILE: file,
    PORT: String(port),
    NATS_URL: testServers().natsUrl,
    NAMESPACE: messaging.namespace,
    JWKS_URL: issuer.jwksUrl,
    INTERNAL_SIGNING_KEYS: TEST_SIGNING_KEY,
    ...environment,
  });
  const readiness = `http://127.0.0.1:${port}/health/readiness`;
  const isReady = async () => (await fetch(readiness).catch(() => null))?.ok;
  await until('the gateway is ready', isReady, { deadlineMs: READY_WITHIN_MS });
  return child;
}

/** Starts the users subgraph of the fixture as a process of its own and waits until it answers. */
export async function launchUsers(port: number): Promise<ChildProcess> {
  const child = launch(new URL('users-process.ts', import.meta.url), [String(port)]);
  const answers = async () => (await fetch(`http://127.0.0.1:${port}`).catch(() => null)) !== null;
  await until('the subgraph answers', answers, { deadlineMs: READY_WITHIN_MS });
  return child;
}

/** Ends a process without a word; resolves once it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

function launch(main: URL, args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  const env = { PATH: process.env['PATH'], ...environment };
  return spawn(process.execPath, [fileURLToPath(main), ...args], { stdio: 'ignore', env });
}
