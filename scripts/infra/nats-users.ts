import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withLock } from '../lock.mjs';
import { type BrokerAccess, type BrokerUser, brokerUsers, readBrokerAccess } from './broker-access.ts';
import { probeNats } from './probes.ts';
import { keepSecret } from './secrets.ts';
import { findRunning, signalServer } from './server-process.ts';
import { SetupError } from './setup-error.ts';

/** Who may do everything: operators, and tests. */
export const OPERATOR = 'hoerok';
const OPERATOR_PERMISSIONS = { publish: { allow: ['>'] }, subscribe: { allow: ['>'] } };
const RELOADED_WITHIN_MS = 10_000;

/** The users of the server that docker-compose.yml runs; their passwords are variables of an included file. */
export const DEPLOYED_USERS_FILE = new URL('../../deploy/nats/users.conf', import.meta.url);

/** Text of {@link DEPLOYED_USERS_FILE}. */
export function deployedUsers(access: BrokerAccess): string {
  const users = brokerUsers(access, '').map(({ user, permissions }) =>
    entry(user, `$${user}_password`, permissions),
  );
  const operator = entry(OPERATOR, '$operator_password', OPERATOR_PERMISSIONS);
  return `# Written by scripts/infra/write-broker-access.ts from what the services declare; do not edit.
include ./passwords.conf
authorization {
  users: [
${[operator, ...users].join(',\n')}
  ]
}
`;
}

function entry(user: string, password: string, permissions: BrokerUser['permissions']): string {
  const text = JSON.stringify(permissions, null, 2).replaceAll('\n', '\n      ');
  return `    {\n      user: ${user}\n      password: ${password}\n      permissions: ${text}\n    }`;
}

/** Text of the file that a server of ours includes: the operator, and the users of every namespace. */
export function usersConfig(stateDir: string): string {
  const users = kept(stateDir).map(({ user, password, permissions }) =>
    entry(user, JSON.stringify(password), permissions),
  );
  const operator = entry(OPERATOR, JSON.stringify(keepSecret(stateDir, 'nats')), OPERATOR_PERMISSIONS);
  return `authorization {\n  users: [\n${[operator, ...users].join(',\n')}\n  ]\n}\n`;
}

/** Writes {@link usersConfig} to where the server reads it. */
export function writeUsersConfig(stateDir: string): void {
  const file = join(stateDir, 'nats', 'users.conf');
  writeFileSync(`${file}.draft`, usersConfig(stateDir), { mode: 0o600 });
  renameSync(`${file}.draft`, file);
}

type KeptUser = Pick<BrokerUser, 'user' | 'permissions'> & { readonly password: string };

const folderOf = (stateDir: string): string => join(stateDir, 'nats', 'users');

function kept(stateDir: string): KeptUser[] {
  try {
    const files = readdirSync(folderOf(stateDir)).filter((name) => name.endsWith('.json'));
    return files.flatMap(
      (name) => JSON.parse(readFileSync(join(folderOf(stateDir), name), 'utf8')) as KeptUser[],
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Where the users are made, and for whom. */
export interface NatsUsersOptions {
  /** State folder of the server; only a server that runs from it can be given users. */
  readonly serverDir: string;
  /** URL of its operator. */
  readonly natsUrl: string;
  readonly namespace: string;
  /** Keeps the passwords. */
  readonly stateDir: string;
}

/** URLs by service, `gateway` among them, and how to take the users away again. */
export interface NatsUsers {
  readonly urls: Readonly<Record<string, string>>;
  readonly remove: () => Promise<void>;
}

/**
 * Gives the processes of a namespace a user each at a NATS server of ours. Others' connections stay.
 * @returns null for a server that is not ours: its operator makes the users, see docs/operations.md.
 */
export async function provisionNatsUsers(options: NatsUsersOptions): Promise<NatsUsers | null> {
  const { serverDir, natsUrl, namespace, stateDir } = options;
  const running = findRunning(serverDir, 'nats');
  if (running === undefined || new URL(natsUrl).port !== String(running.port)) return null;
  if (new URL(natsUrl).password !== keepSecret(serverDir, 'nats')) return null;
  const users: KeptUser[] = brokerUsers(readBrokerAccess(), namespace).map(({ user, permissions }) => ({
    user,
    permissions,
    password: keepSecret(stateDir, `nats-${user}`),
  }));
  const file = join(folderOf(serverDir), `users${namespace}.json`);
  const lock = join(serverDir, 'run', 'nats-users.lock');
  const change = async (write: () => void): Promise<void> =>
    await withLock(lock, async () => {
      write();
      writeUsersConfig(serverDir);
      signalServer(serverDir, 'nats', 'SIGHUP');
    });
  await change(() => {
    mkdirSync(folderOf(serverDir), { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify(users), { mode: 0o600 });
  });
  const urls = Object.fromEntries(
    users.map(({ user, password }) => [user.slice(namespace.length), withUser(natsUrl, user, password)]),
  );
  await untilLetIn(Object.values(urls).at(-1) ?? natsUrl);
  return { urls, remove: () => change(() => rmSync(file, { force: true })) };
}

function withUser(natsUrl: string, user: string, password: string): string {
  const url = new URL(natsUrl);
  url.username = user;
  url.password = password;
  return url.href;
}

async function untilLetIn(url: string): Promise<void> {
  const deadline = Date.now() + RELOADED_WITHIN_MS;
  for (;;) {
    try {
      await probeNats(url);
      return;
    } catch (error) {
      if (Date.now() > deadline)
        throw new SetupError('NATS does not take its new users; see the log of the server.', {
          cause: error,
        });
      await pause(50);
    }
  }
}
