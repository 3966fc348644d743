import {
  buildSchema,
  type FieldNode,
  type GraphQLObjectType,
  type OperationDefinitionNode,
  parse,
  visit,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { compileRoot } from './compile-output.ts';
import { createIntrospection } from './introspection.ts';
import { beginWriting } from './writing.ts';

const schema = buildSchema(`
  type User { id: ID! name: String secret: String strict: String! friend: User friends: [User!] }
  type Query { user: User must: User! }
`);
const query = schema.getType('Query') as GraphQLObjectType;

/** Writes an answer; fields under an alias that begins with `no` or called `secret` are refused. */
function write(text: string, answer: unknown): { json: string | undefined; errors: number } {
  const document = parse(text);
  const operation = document.definitions[0] as OperationDefinitionNode;
  const refused = new Set<FieldNode>();
  visit(document, {
    Field: (node) => {
      if (node.name.value === 'secret' || node.alias?.value.startsWith('no') === true) refused.add(node);
    },
  });
  const introspect = createIntrospection(schema, operation, new Map());
  const scope = {
    schema,
    fragments: new Map(),
    isTrue: () => true,
    introspect,
    isShared: () => false,
    refused,
  };
  const writing = beginWriting(query, {});
  const json = compileRoot(query, operation.selectionSet, scope)(answer, writing);
  return { json, errors: writing.errors.length };
}

describe('a refused field', () => {
  it('is null whatever was fetched for it, at its place, and no violation', () => {
    const user = { id: '1', secret: 's', name: 'Ada' };
    expect(write('{ user { id secret name } }', { user })).toEqual({
      json: '{"user":{"id":"1","secret":null,"name":"Ada"}}',
      errors: 0,
    });
  });

  it('takes what may not be without it along, and no violation either', () => {
    const user = { id: '1', no: 's', friends: [{ no: 't' }] };
    expect(write('{ user { id no: strict } }', { user })).toEqual({ json: '{"user":null}', errors: 0 });
    expect(write('{ user { id friends { no: strict } } }', { user })).toEqual({
      json: '{"user":{"id":"1","friends":null}}',
      errors: 0,
    });
    expect(write('{ user { id } no: must { id } }', { user })).toEqual({ json: undefined, errors: 0 });
  });

  it('that is asked for a second time where it may be is written, its refused parts are not', () => {
    const text = '{ user { friend { secret } } user { friend { id } } }';
    expect(write(text, { user: { friend: { id: '2', secret: 's' } } })).toEqual({
      json: '{"user":{"friend":{"secret":null,"id":"2"}}}',
      errors: 0,
    });
  });
});
