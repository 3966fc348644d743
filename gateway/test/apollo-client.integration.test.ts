import { ApolloClient, CombinedProtocolErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fixture, startFixture } from './fixture-gateway.ts';

const WATCH = gql`
  subscription ($id: ID!) {
    taskUpdated(id: $id) {
      id
      revision
    }
  }
`;

let fixture: Fixture;
beforeAll(async () => {
  // Heartbeats come between the results.
  fixture = await startFixture({ KEEPALIVE_MS: '50' });
});
afterAll(async () => await fixture[Symbol.asyncDispose]());

/** What Apollo Client tells a page, over the link that it has by default. */
function watch(id: string, token: string) {
  const uri = `${fixture.gateway.url}/graphql`;
  const link = new HttpLink({ uri, headers: { authorization: `Bearer ${token}` } });
  const seen = { data: [] as unknown[], errors: [] as unknown[], completed: false };
  const client = new ApolloClient({ cache: new InMemoryCache(), link });
  client.subscribe({ query: WATCH, variables: { id } }).subscribe({
    next: ({ data, error }) => {
      if (error === undefined) seen.data.push(data);
      else seen.errors.push(error);
    },
    complete: () => {
      seen.completed = true;
    },
  });
  return seen;
}

describe('an unmodified Apollo Client', () => {
  it('subscribes over HTTP, reads every state, and completes', async () => {
    await fixture.publish({ id: 'apollo', revision: 1 });
    const seen = watch('apollo', await fixture.issuer.token());
    await until('the snapshot comes', () => seen.data.length === 1);
    await fixture.publish({ id: 'apollo', revision: 2 });
    await fixture.publish({ id: 'apollo', revision: 3, status: 'COMPLETED' });
    await until('it completes', () => seen.completed);
    const task = (revision: number) => ({ taskUpdated: { __typename: 'Task', id: 'apollo', revision } });
    expect(seen).toEqual({ data: [task(1), task(2), task(3)], errors: [], completed: true });
  });

  it('hears that its token has expired as an error of the protocol', async () => {
    await fixture.publish({ id: 'expiring', revision: 1 });
    const seen = watch('expiring', await fixture.issuer.token({ seconds: 2 }));
    await until('the token expires', () => seen.errors.length === 1);
    expect(seen.data).toHaveLength(1);
    const [error] = seen.errors;
    expect(CombinedProtocolErrors.is(error) && error.errors[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
  });
});
