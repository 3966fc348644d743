import { createLogger } from '@hoerok/shared/telemetry';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { compose, EVENT_STREAM_SDL } from '../../test/fixture-graph.ts';
import type { GatewayContext } from '../context.ts';
import type { SubgraphSource, SubgraphSources } from '../datasources/subgraph-source.ts';
import { buildSupergraphSchema } from '../supergraph/supergraph-schema.ts';
import { createEventSharing } from './event-sharing.ts';
import type { SourceEvent } from './event-source.ts';
import { type EventAnswer, type PlannedSubscription, planSubscription } from './planned-subscription.ts';
import type { EventPayload } from './stored-event.ts';

const url = 'http://subgraph.invalid/graphql';
const things = `${EVENT_STREAM_SDL}
  enum State { NEW OLD }
  type Thing @key(fields: "id") { id: ID! state: State! note: String tags: [String!]! }
  type Query { thing(id: ID!): Thing }
  type Subscription { thing(id: ID!): Thing @eventStream(subject: "evt.a.{args.id}.>") }`;
const notes = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Thing @key(fields: "id") { id: ID! author: String }`;
const schema = buildSupergraphSchema(
  compose([
    { name: 'things', url, sdl: things },
    { name: 'notes', url, sdl: notes },
  ]),
);
const source: SubgraphSource = async () => ({ data: { _entities: [{ author: 'Kim' }] } });
const sources: SubgraphSources = new Map([
  ['things', source],
  ['notes', source],
]);
const context: GatewayContext = {
  requestId: 'r1',
  viewer: null,
  headers: {},
  signal: new AbortController().signal,
};
const THING: EventPayload = { __typename: 'Thing', id: 't1', state: 'NEW', note: null, tags: ['a', 'b'] };

function plan(selections: string): PlannedSubscription {
  const text = `subscription ($id: ID!, $long: Boolean = false) { thing(id: $id) ${selections} }`;
  const variables = { id: 't1', long: false };
  const operation = { schema, document: parse(text), source: text, operationName: undefined, viewer: null };
  return planSubscription(
    { ...operation, variables },
    {
      sourcesOf: () => sources,
      share: createEventSharing<EventAnswer>(),
      logger: createLogger({ service: 'test', level: 'silent' }),
    },
  );
}

function eventOf(payload: EventPayload): SourceEvent {
  return { key: 't1', terminal: false, payload, eventId: 'e1', delivery: 'live', trace: {} };
}

describe('a planned subscription', () => {
  it.each(['{ id }', '{ tags state id }', '{ kind: __typename note words: tags same: id id }'])(
    'answers an event that carries %s as if it had executed it',
    async (selections) => {
      const planned = plan(selections);
      const event = eventOf(THING);
      const answer = await planned.answer(event);
      expect(JSON.stringify(answer?.data)).toBe(JSON.stringify((await planned.execute(event, context)).data));
      expect(answer).toEqual(await planned.execute(event, context));
      expect(answer?.extensions).toEqual({ eventId: 'e1', delivery: 'live' });
    },
  );

  it('answers identical subscribers once, each under its own event id', async () => {
    const [one, other] = [plan('{ note id }'), plan('{ note id }')];
    const answers = await Promise.all([
      one.answer(eventOf(THING)),
      other.answer({ ...eventOf(THING), eventId: 'e2' }),
    ]);
    expect(answers[0]?.data).toBe(answers[1]?.data);
    expect(answers.map((answer) => answer?.extensions?.['eventId'])).toEqual(['e1', 'e2']);
  });

  it.each([
    ['something of another subgraph', '{ id author }', {}],
    ['a condition', '{ id note @include(if: $long) }', {}],
    ['a fragment', '{ id ...on Thing { note } }', {}],
    ['what the event does not carry', '{ id note }', { note: undefined }],
    ['what the event may not say', '{ id tags }', { tags: null }],
    ['a value that the graph does not know', '{ id state }', { state: 'ODD' }],
  ])('executes an event when it is asked for %s', async (_what, selections, said) => {
    const planned = plan(selections);
    expect(planned.answer(eventOf({ ...THING, ...said }))).toBeNull();
  });
});
