import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { streamNames } from '@hoerok/shared/messaging';
import type { Fault, FaultTarget, Form } from './fault.ts';
import { readStream } from './observer.ts';
import { SERVICE as service } from './operation.ts';
import { endProcess, startProcess } from './processes.ts';
import { waitFor } from './wait-for.ts';

/** In production it is five minutes. */
const DUPLICATE_WINDOW_SECONDS: Readonly<Record<Form, number>> = { brief: 2, normal: 5, long: 300 };
const AWAY_MS: Readonly<Record<Form, number>> = { brief: 4_000, normal: 15_000, long: 330_000 };

const BACK_WITHIN_MS = 20_000;

async function wipe({ servers }: FaultTarget): Promise<void> {
  await servers.stop('nats');
  servers.wipeJetStream();
  await servers.restart('nats');
}

async function damageEvents({ servers, fleet, messaging, remark }: FaultTarget): Promise<void> {
  const { events } = streamNames(messaging.namespace, service);
  let found = 0;
  const count = async (): Promise<boolean> => {
    found = (await messaging.manager.streams.info(events)).state.messages;
    return true;
  };
  // So that nothing is put back before it is counted.
  await fleet.pause();
  await count();
  const before = found;
  await servers.stop('nats');
  await servers.damageStream(events);
  await servers.restart('nats');
  await waitFor('NATS to answer', count, BACK_WITHIN_MS);
  remark(`${before - found} of ${before} events were gone`);
  fleet.resume();
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

/**
 * A relay dies between publishing and writing that down, then NATS is away until it has forgotten the message ids: what
 * is published again lies in the stream twice.
 */
async function outliveDuplicateWindow({ servers, system, fleet, form }: FaultTarget): Promise<void> {
  await fleet.pause();
  await once(startProcess('worker', system, { role: 'relay', crashAt: 'outbox:after-publish' }), 'exit');
  await servers.stop('nats');
  fleet.resume();
  await pause(AWAY_MS[form]);
  await servers.restart('nats');
}

/** Without a copy in the stream the fault would have proved nothing. */
async function findCopies({ messaging, remark }: FaultTarget): Promise<readonly string[]> {
  const messages = await readStream(messaging, streamNames(messaging.namespace, service).events);
  const copies = messages.length - new Set(messages.map(({ headers }) => headers['ce-id'])).size;
  remark(`${copies} events lie in the stream twice`);
  return copies > 0 ? [] : ['no event came twice: nothing is proved'];
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
    duplicateWindowSeconds: DUPLICATE_WINDOW_SECONDS,
    stream: { copied: true },
    inject: outliveDuplicateWindow,
    prove: findCopies,
  },
  { id: 'E9', title: 'all of JetStream deleted', inject: wipe },
  {
    id: 'E9b',
    title: 'all of JetStream deleted before anyone has read it',
    inject: wipeBeforeAnyoneReads,
  },
  { id: 'E9c', title: 'a bit flipped in the stream of events, and its end cut off', inject: damageEvents },
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
