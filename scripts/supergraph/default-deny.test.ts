import { readFileSync } from 'node:fs';
import { getNamedType, isInterfaceType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { separateRules } from '../../gateway/src/authorization/read-rules.ts';
import { apiSchemaOf } from './schema-changes.ts';
import { REPOSITORY } from './supergraph-config.ts';

const sdl = readFileSync(new URL('supergraph.graphql', REPOSITORY), 'utf8');
const schema = apiSchemaOf(sdl);
const { rules } = separateRules(sdl);

/** Reviewed: what anybody may ask without having signed in, and why. */
const PUBLIC_FIELDS: Readonly<Record<string, string>> = {
  'Mutation.register': 'nobody has an account before; an invitation or a new workspace is all it gives',
  'Mutation.signIn': 'proves who somebody is',
  'Mutation.refreshSession': 'proves it by the refresh token',
  'Mutation.openShare': 'proves by the secret of a link that somebody shared a meeting with this address',
};

/** Reviewed: types that an anonymous answer may hold, and why. */
const PUBLIC_TYPES: Readonly<Record<string, string>> = {
  Query: 'each of its fields has a rule',
  Mutation: 'each of its fields has a rule or is public',
  Subscription: 'each of its fields has a rule',
  AuthPayload: 'the answer of the public mutations',
  User: 'AuthPayload.user; what other subgraphs add to it has rules of its own',
  UserError: 'says why a mutation was refused',
  PageInfo: 'cursors of a page, which has a rule itself',
};

/** Reviewed: fields of a public type that an anonymous answer may hold; they are those of the account just opened. */
const PUBLIC_USER_FIELDS = [
  'id',
  'email',
  'name',
  'avatarUrl',
  'locale',
  'timeZone',
  'role',
  'title',
  'department',
  'active',
  'createdAt',
  'aliases',
];

const composites = Object.values(schema.getTypeMap()).filter(
  (type) => (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__'),
);
const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];

describe('C5: default deny', () => {
  it('every root field has a rule or stands on the reviewed list', () => {
    const fields = roots.flatMap((root) =>
      Object.keys(root?.getFields() ?? {}).map((name) => `${root?.name}.${name}`),
    );
    expect(fields.length).toBeGreaterThan(60);
    const open = fields.filter((field) => !rules.fields.has(field));
    expect(open.sort()).toEqual(Object.keys(PUBLIC_FIELDS).sort());
  });

  it('every object and interface has a rule or stands on the reviewed list', () => {
    const open = composites.map(({ name }) => name).filter((name) => !rules.types.has(name));
    expect(open.sort()).toEqual(Object.keys(PUBLIC_TYPES).sort());
  });

  it('every field that leads from a public type to others has a rule', () => {
    const user = schema.getType('User');
    if (!isObjectType(user)) throw new Error('there is no type User');
    const open = Object.keys(user.getFields()).filter((name) => !rules.fields.has(`User.${name}`));
    expect(open.sort()).toEqual(PUBLIC_USER_FIELDS.toSorted());
  });

  it('every rule can be satisfied by somebody whom the gateway knows', () => {
    const names = [...rules.types.values(), ...rules.fields.values()].flat().map(({ text }) => text);
    expect([...new Set(names)].sort()).toEqual([
      'authenticated',
      'policies [["kind:service"]]',
      'policies [["role:ADMIN"],["role:MANAGER"]]',
      'policies [["role:ADMIN"]]',
    ]);
  });

  it('what a public mutation returns is on the list of public types', () => {
    const mutation = schema.getMutationType()?.getFields() ?? {};
    for (const field of Object.keys(PUBLIC_FIELDS)) {
      const definition = mutation[field.replace('Mutation.', '')];
      if (definition === undefined) throw new Error(`there is no ${field}`);
      expect(Object.keys(PUBLIC_TYPES)).toContain(getNamedType(definition.type).name);
    }
  });
});
