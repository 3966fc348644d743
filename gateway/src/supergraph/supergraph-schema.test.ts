import { describe, expect, it } from 'vitest';
import { compose, EVENT_STREAM_SDL } from '../../test/fixture-graph.ts';
import { buildSupergraphSchema } from './supergraph-schema.ts';

const url = 'http://subgraph.invalid/graphql';

function build(subscription: string, head = EVENT_STREAM_SDL) {
  const sdl = `${head} type Query { a: Int thing(id: ID!): Thing } type Thing @key(fields: "id") { id: ID! } type Subscription { ${subscription} }`;
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

  it('tells which events of a subject are meant', () => {
    const { eventStreams } = build(
      'things(of: ID!): Thing @eventStream(subject: "evt.a.{workspace}.thing.*.changed", filter: "owner={args.of}")',
    );
    const filter = eventStreams.get('things')?.filter;
    expect(filter?.matches({ owner: 'o1' }, { of: 'o1' })).toBe(true);
    expect(filter?.matches({ owner: 'o2' }, { of: 'o1' })).toBe(false);
  });

  it.each([
    ['that names no argument', 'things(of: ID!)', 'filter: "owner={args.nope}"'],
    ['by an argument that may be left out', 'things(of: ID)', 'filter: "owner={args.of}"'],
    ['of a subject with a snapshot', 'things(of: ID!)', 'filter: "owner={args.of}", snapshot: true'],
  ])('with a filter %s is refused, naming the field', (_what, field, args) => {
    expect(() => build(`${field}: Thing @eventStream(subject: "evt.a.>", ${args})`)).toThrow(
      /Subscription\.things/,
    );
  });

  it.each([
    ['without its audience', 'guardSubject: "evt.b.{workspace}.room.{args.of}.*"'],
    ['outside the workspace', 'guardSubject: "evt.b.room.{args.of}.*", guardAudience: "members"'],
    [
      'that asks a field which is not there',
      'guardSubject: "evt.b.{workspace}.room.{args.of}.*", guardAudience: "members", guardField: "nope"',
    ],
    [
      'that asks without an id',
      'guardSubject: "evt.b.{workspace}.room.*.*", guardAudience: "members", guardField: "thing"',
    ],
  ])('with a guard %s is refused, naming the field', (_what, args) => {
    const things = `things(of: ID!): Thing @eventStream(subject: "evt.a.>", ${args})`;
    expect(() => build(things)).toThrow(/Subscription\.things/);
  });

  it('tells whom to ask when no message of a guard is left', () => {
    const guard =
      'guardSubject: "evt.b.{workspace}.thing.{args.of}.*", guardAudience: "members", guardField: "thing"';
    const { eventStreams } = build(`things(of: ID!): Thing @eventStream(subject: "evt.a.>", ${guard})`);
    expect(eventStreams.get('things')?.guard).toMatchObject({
      audience: ['members'],
      question: { field: 'thing', argument: 'of' },
    });
  });

  it('tells who guards a field', () => {
    const { eventStreams } = build(`notes(room: ID!): Thing @eventStream(
      subject: "evt.a.{workspace}.note.*.changed", latestOnly: true,
      guardSubject: "evt.rooms.{workspace}.room.{args.room}.*", guardAudience: "access.members"
    )`);
    expect(eventStreams.get('notes')).toMatchObject({
      latestOnly: true,
      guard: {
        subject: { text: 'evt.rooms.{workspace}.room.{args.room}.*' },
        audience: ['access', 'members'],
      },
    });
  });

  it('tells what counts in messages of before the audience of a guard was there', () => {
    const { eventStreams } =
      build(`notes(room: ID!): Thing @eventStream(subject: "evt.a.{workspace}.note.*.changed",
      guardSubject: "evt.rooms.{workspace}.room.{args.room}.*", guardAudience: "audience|access.members")`);
    expect(eventStreams.get('notes')?.guard).toMatchObject({
      audience: ['audience'],
      otherwise: ['access', 'members'],
    });
  });

  it.each([
    [
      'by three fields',
      'guardSubject: "evt.rooms.{workspace}.room.{args.room}.*", guardAudience: "one|two|three"',
    ],
    ['that names no subject', 'guardAudience: "members"'],
    ['of any service', 'guardSubject: "evt.*.{workspace}.room.{args.room}.*", guardAudience: "members"'],
    ['by an argument it lacks', 'guardSubject: "evt.rooms.{workspace}.room.{args.x}.*", guardAudience: "m"'],
  ])('with a guard %s is refused', (_what, args) => {
    const field = `notes(room: ID!): Thing @eventStream(subject: "evt.a.{workspace}.>", ${args})`;
    expect(() => build(field)).toThrow(/Subscription\.notes/);
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
});
