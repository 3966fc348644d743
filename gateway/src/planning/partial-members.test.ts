import { describe, expect, it } from 'vitest';
import { openInProcess } from '../../test/in-process-graph.ts';

const note = { __typename: 'Note', text: 'Call the printer' };
const photo = { __typename: 'Photo', alt: 'A sunny wall', frame: { color: 'oak' } };
const clip = { __typename: 'Clip', alt: 'Rain', seconds: 12 };

// A wall is an entity of both, and each knows a member of its pieces that the other does not.
const HALL = `type Query { hall: Wall }
type Wall @key(fields: "id") { id: ID! hanging: Hanging @shareable }
type Hanging @shareable { pieces: [Piece!]! }
union Piece = Note | Photo
type Note @shareable { text: String }
type Photo { alt(length: Int): String frame: Frame }
type Frame { color: String }`;
const CINEMA = `type Query { cinema: Wall }
type Wall @key(fields: "id") { id: ID! hanging: Hanging @shareable }
type Hanging @shareable { pieces: [Piece!]! }
union Piece = Note | Clip
type Note @shareable { text: String }
type Clip { alt: String seconds: Int }`;

const both = () =>
  openInProcess({
    hall: {
      schema: HALL,
      resolvers: { Query: { hall: () => ({ id: 'w', hanging: { pieces: [note, photo] } }) } },
    },
    cinema: {
      schema: CINEMA,
      resolvers: { Query: { cinema: () => ({ id: 'w', hanging: { pieces: [note, clip] } }) } },
    },
  });

async function pieces(source: string, variables = {}): Promise<unknown> {
  const { json, errors, violations } = await both().run(source, variables);
  expect([...errors, ...violations]).toEqual([]);
  return JSON.parse(json);
}

describe('a union with other members in each subgraph', () => {
  it('brings the fields of a member that only the subgraph of its objects knows', async () => {
    const asked =
      '{ hanging { pieces { ... on Note { text } ... on Photo { alt } ... on Clip { seconds } } } }';
    expect(await pieces(`{ hall ${asked} cinema ${asked} }`)).toEqual({
      hall: { hanging: { pieces: [{ text: note.text }, { alt: photo.alt }] } },
      cinema: { hanging: { pieces: [{ text: note.text }, { seconds: clip.seconds }] } },
    });
  });

  it('brings them with aliases, arguments, fragments and what is below them', async () => {
    const query = `query($length: Int) { wall: hall { hung: hanging { pieces { ...P ... on Clip { alt } } } } }
      fragment P on Photo { words: alt(length: $length) frame { color } }`;
    expect(await pieces(query, { length: 5 })).toEqual({
      wall: { hung: { pieces: [{}, { words: photo.alt, frame: photo.frame }] } },
    });
  });

  it('keeps conditions around them', async () => {
    const query = `query($with: Boolean!) {
      hall { hanging { pieces { ... on Photo @include(if: $with) { alt } ... on Clip { seconds } } } } }`;
    const photoWith = async (yes: boolean): Promise<unknown> => await pieces(query, { with: yes });
    expect(await photoWith(true)).toEqual({ hall: { hanging: { pieces: [{}, { alt: photo.alt }] } } });
    expect(await photoWith(false)).toEqual({ hall: { hanging: { pieces: [{}, {}] } } });
  });

  it('leaves what the planner has planned as it is', () => {
    expect(
      JSON.stringify(both().plan('{ hall { hanging { pieces { ... on Note { text } } } } }')),
    ).not.toMatch(/Photo|Clip/);
  });
});

describe('fields whose types have no objects anywhere', () => {
  const empty = () =>
    openInProcess({
      shelf: {
        schema: 'type Query { shelf: Thing count: Int } interface Thing @key(fields: "id") { id: ID! }',
      },
      label: {
        schema: `type Query { label: Thing }
          type Thing @key(fields: "id", resolvable: false) @interfaceObject { id: ID! words: String }`,
      },
    });

  it('are told as an error when nobody can be asked for them', async () => {
    const { json, errors } = await empty().run('{ shelf { words } }');
    expect(json).toBe('null');
    expect(errors).toMatchObject([{ extensions: { code: 'UNANSWERABLE' } }]);
  });

  it.each(['{ __typename }', '{ shelf @skip(if: true) { words } }', '{ ... @include(if: false) { count } }'])(
    'are none when the operation asks for no field: %s',
    async (query) => {
      expect((await empty().run(query)).errors).toEqual([]);
    },
  );
});
