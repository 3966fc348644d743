import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { incompatibilities, type JsonSchema } from './incompatibilities.ts';

const jsonSchema = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema, { io: 'input' });
const changes = (before: z.ZodType, after: z.ZodType): string[] =>
  incompatibilities(jsonSchema(before), jsonSchema(after));

const before = z.object({
  id: z.string(),
  title: z.string().optional(),
  score: z.number().min(0).max(1),
  status: z.enum(['OPEN', 'DONE']),
  dueAt: z.iso.datetime().nullable(),
  tags: z.array(z.string()),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});

describe('compatible', () => {
  it('is no change at all', () => {
    expect(changes(before, before)).toEqual([]);
  });

  it('is a new optional property, at the top, inside a nullable object and inside an array', () => {
    const list = z.object({ rows: z.array(z.object({ id: z.string() })) });
    const longer = z.object({ rows: z.array(z.object({ id: z.string(), note: z.string().optional() })) });
    const error = before.shape.error.unwrap().extend({ cause: z.string().optional() }).nullable();
    expect(changes(before, before.extend({ error, note: z.string().optional() }))).toEqual([]);
    expect(changes(list, longer)).toEqual([]);
  });

  it('is another description, title or order of properties and values', () => {
    const { id, ...rest } = before.shape;
    const after = z.object({
      ...rest,
      id: id.describe('Unique.'),
      status: z.enum(['DONE', 'OPEN']).meta({ title: 'Status' }),
    });
    expect(changes(before, after)).toEqual([]);
  });

  it('is another way to write the same: null as a type or as an alternative, one value as const or as enum', () => {
    const types = { type: ['string', 'null'] };
    const alternatives = { anyOf: [{ type: 'string', description: 'A name.' }, { type: 'null' }] };
    expect(incompatibilities(types, alternatives)).toEqual([]);
    expect(incompatibilities(alternatives, types)).toEqual([]);
    expect(changes(z.literal('A'), z.enum(['A']))).toEqual([]);
  });
});

describe('incompatible', () => {
  const { id, ...withoutId } = before.shape;
  const { title: _title, ...withoutTitle } = before.shape;
  const error = before.shape.error.unwrap();

  it.each<[string, z.ZodType, string[]]>([
    ['a removed property', z.object(withoutId), ['payload.id: was removed or renamed.']],
    ['a removed optional property', z.object(withoutTitle), ['payload.title: was removed or renamed.']],
    [
      'a renamed property',
      z.object({ ...withoutId, key: id }),
      [
        'payload.id: was removed or renamed.',
        'payload.key: is new and required; only optional ones may be added.',
      ],
    ],
    [
      'a new required property',
      before.extend({ note: z.string() }),
      ['payload.note: is new and required; only optional ones may be added.'],
    ],
    [
      'a required property that became optional',
      before.extend({ id: z.string().optional() }),
      ['payload.id: was required, is optional now.'],
    ],
    [
      'an optional property that became required',
      before.extend({ title: z.string() }),
      ['payload.title: was optional, is required now.'],
    ],
    ['another type', before.extend({ id: z.number() }), ['payload.id: type was "string", is "number" now.']],
    [
      'a value that may be null now',
      before.extend({ id: z.string().nullable() }),
      ['payload.id: may be null now.'],
    ],
    [
      'a value that may no longer be null',
      before.extend({ error }),
      ['payload.error: may no longer be null, but was.'],
    ],
    [
      'a new enum value',
      before.extend({ status: z.enum(['OPEN', 'DONE', 'LATE']) }),
      ['payload.status: got the value "LATE", which readers do not know.'],
    ],
    [
      'a lost enum value',
      before.extend({ status: z.enum(['OPEN']) }),
      ['payload.status: lost the value "DONE".'],
    ],
    [
      'values where any were allowed',
      before.extend({ id: z.enum(['a', 'b']) }),
      ['payload.id: took any value, takes only "a", "b" now.'],
    ],
    [
      'any value where some were allowed',
      before.extend({ status: z.string() }),
      ['payload.status: took only "OPEN", "DONE", takes any value now.'],
    ],
    [
      'a narrower bound',
      before.extend({ score: z.number().min(0.5).max(1) }),
      ['payload.score: minimum was 0, is 0.5 now.'],
    ],
    [
      'a looser bound',
      before.extend({ score: z.number().min(0) }),
      ['payload.score: maximum was 1, is not set now.'],
    ],
    [
      'a length where there was none',
      before.extend({ id: z.string().max(9) }),
      ['payload.id: maxLength was not set, is 9 now.'],
    ],
    [
      'another type inside an array',
      before.extend({ tags: z.array(z.boolean()) }),
      ['payload.tags[]: type was "string", is "boolean" now.'],
    ],
    [
      'a change inside a nullable object',
      before.extend({ error: error.extend({ code: z.boolean() }).nullable() }),
      ['payload.error.code: type was "string", is "boolean" now.'],
    ],
    [
      'refusal of unknown properties',
      before.extend({ error: z.strictObject(error.shape).nullable() }),
      ['payload.error.*: is no longer accepted.'],
    ],
    [
      'another alternative',
      before.extend({ id: z.union([z.string(), z.number()]) }),
      ['payload.id: the number of alternatives was 1, is 2 now.'],
    ],
  ])('is %s', (_change, after, lines) => {
    expect(changes(before, after)).toEqual(lines);
  });

  it('is another format', () => {
    const text = { type: 'string', format: 'date-time' };
    expect(incompatibilities(text, { ...text, format: 'date' })).toEqual([
      'payload: format was "date-time", is "date" now.',
    ]);
  });

  it('is a new optional property where readers refuse or decode what they do not know', () => {
    const lines = ['payload.b: is new, and readers refuse what they do not know there.'];
    const a = { a: z.string() };
    const b = { ...a, b: z.string().optional() };
    expect(changes(z.strictObject(a), z.strictObject(b))).toEqual(lines);
    expect(changes(z.object(a).catchall(z.number()), z.object(b).catchall(z.number()))).toEqual(lines);
  });

  it('is a change of the values of a record, of a member of a union, of a tuple', () => {
    const union = (text: z.ZodType): z.ZodType =>
      z.discriminatedUnion('k', [
        z.object({ k: z.literal('a') }),
        z.object({ k: z.literal('b'), text: text }),
      ]);
    expect(changes(z.record(z.string(), z.string()), z.record(z.string(), z.boolean()))).toEqual([
      'payload.*: type was "string", is "boolean" now.',
    ]);
    expect(changes(union(z.string()), union(z.boolean()))).toEqual([
      'payload.oneOf[1].text: type was "string", is "boolean" now.',
    ]);
    expect(changes(z.tuple([z.string()]), z.tuple([z.boolean()]))).toEqual([
      'payload.prefixItems[0]: type was "string", is "boolean" now.',
    ]);
  });

  it('is found inside a schema that refers to itself', () => {
    const tree = (name: z.ZodType): z.ZodType => {
      const node = z.object({
        name,
        get children() {
          return z.array(node);
        },
      });
      return z.object({ root: node });
    };
    expect(changes(tree(z.string()), tree(z.boolean())).join()).toContain('type was "string", is "boolean"');
  });
});
