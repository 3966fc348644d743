import type { ChildProcess } from 'node:child_process';
import { eventSubject, qualify } from '@hoerok/shared/messaging';
import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/infra/ports.ts';
import { type Result, subscribeEvents, subscribeSocket } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';
import { kill, launchGateway } from './fixture-process.ts';

const WATCH = `subscription ($id: ID!, $meetingId: ID!) {
  taskOfMeetingUpdated(id: $id, meetingId: $meetingId) { revision status } }`;
const RACES = 100;
const AT_ONCE = 10;
const REVISIONS = 10;

let fixture: Fixture;
let gateway: ChildProcess;
let url: string;
let token: string;
beforeAll(async () => {
  fixture = await startFixture();
  token = await fixture.issuer.token();
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  gateway = await launchGateway(fixture, port);
});
afterAll(async () => {
  await kill(gateway);
  await fixture[Symbol.asyncDispose]();
});

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const revisionIn = ({ data }: Result): number =>
  (data?.['taskOfMeetingUpdated'] as { revision: number } | undefined)?.revision ?? Number.NaN;

async function admit(meetingId: string): Promise<void> {
  const address = {
    service: 'meetings',
    workspaceId: 'w1',
    aggregate: 'meeting',
    aggregateId: meetingId,
    event: 'created',
  };
  const { namespace, jetstream } = fixture.messaging;
  await jetstream.publish(qualify(namespace, eventSubject(address)), '{"participantUserIds":["u1"]}');
}

/** What came of one race. */
interface Finish {
  readonly results: readonly Result[];
  /** Events that were stored before the client asked. */
  readonly before: number;
}

/** A task runs from its first event to its end while a client subscribes to it; the meeting may be as new as the task. */
async function race(number: number): Promise<Finish> {
  const [id, meetingId] = [`race${number}`, `room${number}`];
  let stored = 0;
  const run = async (): Promise<void> => {
    if (number % 2 === 1) await admit(meetingId);
    for (const revision of numbers(1, REVISIONS)) {
      await fixture.publish({ id, revision, status: revision === REVISIONS ? 'COMPLETED' : 'PROCESSING' });
      stored = revision;
    }
  };
  if (number % 2 === 0) await admit(meetingId);
  const running = run();
  const wanted = number % (REVISIONS + 1);
  await until(`${wanted} events are stored`, () => stored >= wanted, { intervalMs: 1 });
  const before = stored;
  const subscribe = number % 5 === 0 ? subscribeEvents : subscribeSocket;
  const subscriber = subscribe(url, { query: WATCH, variables: { id, meetingId } }, token);
  await Promise.all([running, subscriber.completed]);
  return { results: subscriber.results, before };
}

describe(`${RACES} tasks that finish while somebody subscribes`, () => {
  it('are each told from the state at that moment to the end: no gap, no repetition', async () => {
    const finishes: Finish[] = [];
    for (let first = 0; first < RACES; first += AT_ONCE)
      finishes.push(...(await Promise.all(numbers(first, first + AT_ONCE - 1).map(race))));
    for (const { results, before } of finishes) {
      const first = revisionIn(results[0] as Result);
      expect(first).toBeGreaterThanOrEqual(before);
      expect(results.map(revisionIn)).toEqual(numbers(first, REVISIONS));
      expect(results.flatMap(({ errors = [] }) => errors)).toEqual([]);
    }
    // Or it was no race.
    const firsts = new Set(finishes.map(({ results }) => revisionIn(results[0] as Result)));
    expect(firsts.size).toBeGreaterThan(REVISIONS / 2);
  }, 60_000);
});
