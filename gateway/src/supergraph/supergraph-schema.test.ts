import { describe, expect, it } from 'vitest';
import { compose, EVENT_STREAM_SDL } from '../../test/fixture-graph.ts';
import { buildSupergraphSchema } from './supergraph-schema.ts';

const url = 'http://subgraph.invalid/graphql';

function build(subscription: string, head = EVENT_STREAM_SDL) {
  const sdl = `${head} type Query { a: Int } type Thing @key(fields: "id") { id: ID! } type Subscription { ${subscription} }`;
  return buildSupergraphSchema(compose([{ name: 'things', url, sdl }]));
}

describe('a supergraph', () => {
  it('tells the event source of each Subscription field', () => {
    const { eventStreams, subgraphs } = build(`
      thing(id: ID!): Thing @eventStream(
        subject: "evt.*.{workspace}.thing.{args.id}.changed", snapshot: true,
        audience: "access.members", audienceRoles: ["ADMIN"], endField: "state", endValues: ["GONE"]
      )
      plain: Thing
    `);
    expect([...eventStreams.keys()]).toEqual(['thing']);
    expect(eventStreams.get('thing')).toMatchObject({
      snapshot: true,
      audience: ['access', 'members'],
      audienceRoles: ['ADMIN'],
      end: { field: 'state', values: ['GONE'] },
    });
    expect(subgraphs.get('things')?.resolvesById()).toEqual(new Set(['Thing']));
  });

  it('follows a renamed import of the directive', () => {
    const head = EVENT_STREAM_SDL.replace(
      'import: ["@eventStream"]',
      'import: [{ name: "@eventStream", as: "@fromStream" }]',
    )
      .replace('@composeDirective(name: "@eventStream")', '@composeDirective(name: "@fromStream")')
      .replace('directive @eventStream', 'directive @fromStream');
    const { eventStreams } = build('thing: Thing @fromStream(subject: "evt.a.b")', head);
    expect(eventStreams.get('thing')?.subject.text).toBe('evt.a.b');
  });

  it('does not show the directive to clients', () => {
    const { api } = build('thing: Thing @eventStream(subject: "evt.a.b")');
    expect(api.getDirective('eventStream')).toBeUndefined();
  });

  it.each([
    ['an argument that the field does not have', '@eventStream(subject: "evt.{args.nope}.x")'],
    ['a subject outside evt.', '@eventStream(subject: "task.x")'],
  ])('with %s is refused, naming the field', (_what, directive) => {
    expect(() => build(`thing: Thing ${directive}`)).toThrow(/Subscription\.thing/);
  });

  it('with a security feature that nobody enforces is refused', () => {
    const head = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated"])`;
    expect(() => build('thing: Thing @authenticated', head)).toThrow(
      expect.objectContaining({
        code: 'BAD_CONFIGURATION',
        message: expect.stringContaining('SECURITY') as string,
      }),
    );
  });
});
