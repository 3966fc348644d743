import { setTimeout as pause } from 'node:timers/promises';
import type { Fault, FaultTarget } from './fault.ts';
import { endProcess, startProcess } from './processes.ts';

/** The duplicate window of the streams is five minutes. */
const PAST_DUPLICATE_WINDOW_MS = 330_000;

async function wipe({ servers }: FaultTarget): Promise<void> {
  await servers.stop('nats');
  servers.wipeJetStream();
  await servers.restart('nats');
}

async function wipeBeforeAnyoneReads(target: FaultTarget): Promise<void> {
  const { fleet, system } = target;
  await fleet.pause();
  const relay = startProcess('worker', system, { role: 'relay' });
  await pause(3_000);
  await endProcess(relay);
  await wipe(target);
  fleet.resume();
}

/** Faults of NATS, PostgreSQL and Redis. */
export const SERVER_FAULTS: readonly Fault[] = [
  {
    id: 'E6',
    title: 'kill -9 of NATS, back after 1 s',
    inject: async ({ servers }) => {
      await servers.kill('nats', 'SIGKILL');
      await pause(1_000);
      await servers.restart('nats');
    },
  },
  {
    id: 'E7',
    title: 'NATS away for longer than its duplicate window',
    longOnly: true,
    inject: async ({ servers }) => {
      await servers.stop('nats');
      await pause(PAST_DUPLICATE_WINDOW_MS);
      await servers.restart('nats');
    },
  },
  { id: 'E9', title: 'all of JetStream deleted', stream: { incomplete: true }, inject: wipe },
  {
    id: 'E9b',
    title: 'all of JetStream deleted before anyone has read it',
    stream: { incomplete: true },
    inject: wipeBeforeAnyoneReads,
  },
  {
    id: 'E10',
    title: 'kill -9, then immediate restart of PostgreSQL',
    inject: async ({ servers }) => {
      await servers.kill('postgres', 'SIGKILL');
      await servers.restart('postgres');
      await pause(3_000);
      await servers.kill('postgres', 'SIGQUIT');
      await servers.restart('postgres');
    },
  },
  {
    id: 'E13',
    title: 'kill -9 of Redis, back after 3 s',
    inject: async ({ servers }) => {
      await servers.kill('redis', 'SIGKILL');
      await pause(3_000);
      await servers.restart('redis');
    },
  },
];
