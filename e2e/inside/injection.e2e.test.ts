import { readFileSync } from 'node:fs';
import {
  buildASTSchema,
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  parse,
} from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { register, type Session } from '../stack/session.ts';

/** SQL, templates, subjects, keys, headers, paths and the odd corners of Unicode. */
const HOSTILE = [
  `' OR '1'='1`,
  `'; DROP TABLE meeting; --`,
  `$1) RETURNING *; SELECT pg_sleep(5) --`,
  `%' ESCAPE '!' UNION SELECT * FROM pg_authid --`,
  '\0\u0001\u001f',
  '\u202egnp.exe\u202c\u2066\ufeff',
  '👩‍👩‍👧‍👦\ud800',
  '> * .evt.>.$JS.API.>',
  '"}],"__proto__":{"role":"ADMIN"},"constructor":{"prototype":{"x":1}}',
  '../../../../etc/passwd%00',
  '\r\nx-hoerok-viewer: {"role":"ADMIN"}\r\n\r\n',
  '${7*7}{{7*7}}<script>alert(1)</script>`id`$(id)',
];
const LONG = 'ㄱ'.repeat(250_000);
const SEED = Number(process.env['SEED'] ?? 1);
/** How many of the strings each field gets, chosen by the seed, besides the NUL that PostgreSQL never takes. */
const EACH = 4;
const NUL = 'a\0b';
const DEPTH = 4;

/** What clients see: the supergraph without what only the planner reads. */
const schema: GraphQLSchema = buildASTSchema(
  parse(readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8')),
  { assumeValidSDL: true },
);

function valueOf(type: GraphQLInputType, text: string, depth = 0): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, text, depth);
  if (isListType(type)) return [valueOf(type.ofType, text, depth)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (field) => depth < DEPTH && (isNonNullType(field.type) || depth < 2),
    );
    return Object.fromEntries(fields.map((field) => [field.name, valueOf(field.type, text, depth + 1)]));
  }
  const scalars: Readonly<Record<string, unknown>> = {
    Int: 1,
    Float: 1,
    Boolean: true,
    DateTime: '2026-03-04T01:00:00Z',
  };
  return scalars[type.name] ?? text;
}

function takesText(type: GraphQLInputType, depth = 0): boolean {
  const named = getNamedType(type);
  if (isInputObjectType(named))
    return (
      depth < DEPTH && Object.values(named.getFields()).some((field) => takesText(field.type, depth + 1))
    );
  return ['String', 'ID'].includes(named.name);
}

/** A seeded choice, the same for the same field: a failure can be run again. */
function chosenFor(name: string): string[] {
  let state = Array.from(name).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, SEED);
  const next = (): number => (state = (state * 1_664_525 + 1_013_904_223) >>> 0) / 2 ** 32;
  return HOSTILE.map((text) => ({ text, rank: next() }))
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, EACH)
    .map(({ text }) => text);
}

interface RootField {
  readonly operation: 'query' | 'mutation';
  readonly field: GraphQLField<unknown, unknown>;
}

function rootFields(operation: RootField['operation']): RootField[] {
  const type = operation === 'query' ? schema.getQueryType() : schema.getMutationType();
  return Object.values(type?.getFields() ?? {})
    .filter(({ args }) => args.some(({ type: taken }) => takesText(taken)))
    .map((field) => ({ operation, field }));
}

function documentOf({ operation, field }: RootField): string {
  const declared = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const selection = isCompositeType(getNamedType(field.type)) ? '{ __typename }' : '';
  return `${operation} (${declared}) { ${field.name}(${passed}) ${selection} }`;
}

const CREATE = `mutation ($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting { id } userErrors { code } } }`;
const TODO = `mutation ($input: CreateTodoInput!) { createTodo(input: $input) { todo { id } userErrors { code } } }`;
const EVERYTHING = `query { viewer { id name email role }
  meetings(first: 20) { edges { node { id title status revision participants(first: 10) { totalCount } } } }
  todos(first: 20) { edges { node { id title status revision } } } }`;

const fields = [...rootFields('query'), ...rootFields('mutation')];

describe(`C38: hostile strings (seed ${SEED})`, () => {
  let attacker: Session;
  let bystander: Session;
  let before: unknown;
  beforeAll(async () => {
    [attacker, bystander] = await Promise.all([register('Attacker'), register('Bystander')]);
    const meeting = { title: 'Untouched', scheduledStart: '2026-03-04T01:00:00Z', timeZone: 'UTC' };
    await bystander.data(CREATE, { input: meeting });
    await bystander.data(TODO, { input: { title: 'Untouched' } });
    before = await bystander.data(EVERYTHING);
  });

  it('are sent to more than thirty fields', () => {
    expect(fields.length).toBeGreaterThan(30);
  });

  it.each(fields.map((one) => [`${one.operation} ${one.field.name}`, one] as const))(
    'make no failure of ours: %s',
    async (name, one) => {
      for (const text of [NUL, ...chosenFor(name)]) {
        const variables = Object.fromEntries(
          one.field.args.map((arg) => [arg.name, valueOf(arg.type, text)]),
        );
        const { status, errors } = await attacker.execute(documentOf(one), variables);
        const what = `${name} with ${JSON.stringify(text)}: ${JSON.stringify(errors)}`;
        expect(status, what).toBeLessThan(500);
        expect(status, what).not.toBe(429);
        const codes = errors.map(({ extensions }) => String(extensions?.['code']));
        expect(codes, what).not.toContain('INTERNAL');
        expect(codes, what).not.toContain('INTERNAL_SERVER_ERROR');
        expect(JSON.stringify(errors), what).not.toMatch(
          /syntax error|pg_|relation "|node_modules|at .*\.ts:/,
        );
      }
    },
  );

  it('of a megabyte are refused or stored, and the next request is served', async () => {
    for (const name of ['createTodo', 'createMeeting', 'meeting', 'signIn']) {
      const one = fields.find(({ field }) => field.name === name);
      if (one === undefined) throw new Error(`There is no ${name}.`);
      const variables = Object.fromEntries(one.field.args.map((arg) => [arg.name, valueOf(arg.type, LONG)]));
      expect((await attacker.execute(documentOf(one), variables)).status, name).toBeLessThan(500);
      expect((await attacker.execute('{ viewer { id } }')).status).toBe(200);
    }
  });

  it('change nothing that belongs to somebody else', async () => {
    expect(await bystander.data(EVERYTHING)).toEqual(before);
    expect(Object.prototype).not.toHaveProperty('role');
  });
});
