import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '@hoerok/shared/testing';
import { subscribeEvents, subscribeMultipart, subscribeSocket } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';

const WATCH = `subscription Watch($id: ID!) {
  taskUpdated(id: $id) { id status revision requestedBy { name } meeting { title } transcript { id segments(first: 2) } }
}`;

describe.each([
  ['graphql-transport-ws', subscribeSocket],
  ['server-sent events', subscribeEvents],
  ['multipart', subscribeMultipart],
] as const)('a task over %s', (_name, subscribe) => {
  let fixture: Fixture;
  let token: string;
  beforeAll(async () => {
    fixture = await startFixture();
    token = await fixture.issuer.token();
  });
  afterAll(async () => await fixture[Symbol.asyncDispose]());

  it('that finishes before the client subscribes is delivered at once, from three subgraphs, and completes', async () => {
    await fixture.publish({ id: 'before', revision: 1 });
    await fixture.publish({ id: 'before', revision: 2, status: 'COMPLETED' });
    const subscriber = subscribe(fixture.gateway.url, { query: WATCH, variables: { id: 'before' } }, token);
    await subscriber.completed;
    expect(subscriber.results).toEqual([
      {
        data: {
          taskUpdated: {
            id: 'before',
            status: 'COMPLETED',
            revision: 2,
            requestedBy: { name: 'User u1' },
            meeting: { title: 'Meeting m1' },
            transcript: { id: 't-before', segments: ['s0', 's1'] },
          },
        },
        extensions: { delivery: 'snapshot', eventId: expect.any(String) as string },
      },
    ]);
  });

  it('that finishes while the client watches is delivered state by state and completes', async () => {
    await fixture.publish({ id: 'during', revision: 1, status: 'PENDING' });
    const subscriber = subscribe(fixture.gateway.url, { query: WATCH, variables: { id: 'during' } }, token);
    await subscriber.until((results) => results.length === 1);
    await fixture.publish({ id: 'during', revision: 2 });
    await fixture.publish({ id: 'during', revision: 3, status: 'COMPLETED' });
    await subscriber.completed;
    expect(subscriber.results.map(({ extensions }) => extensions?.['delivery'])).toEqual([
      'snapshot',
      'live',
      'live',
    ]);
    expect(subscriber.results.map(({ data }) => data?.['taskUpdated'])).toMatchObject([
      { status: 'PENDING' },
      { status: 'PROCESSING' },
      { status: 'COMPLETED' },
    ]);
    await until('the subject is released', () => fixture.gateway.interest() === 0);
  });
});
