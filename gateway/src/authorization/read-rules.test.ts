import { describe, expect, it } from 'vitest';
import { compose } from '../../test/fixture-graph.ts';
import { buildSupergraphSchema } from '../supergraph/supergraph-schema.ts';
import { separateRules } from './read-rules.ts';

const FEDERATION = 'https://specs.apollo.dev/federation/v2.9';

function composed(imports: string, sdl: string): string {
  const head = `extend schema @link(url: "${FEDERATION}", import: [${imports}])`;
  return compose([{ name: 'a', url: 'http://subgraph.invalid/graphql', sdl: `${head}\n${sdl}` }]);
}

const texts = (sdl: string): Record<string, string[]> => {
  const { types, fields } = separateRules(sdl).rules;
  return Object.fromEntries(
    [...types, ...fields].map(([where, requirements]) => [where, requirements.map(({ text }) => text)]),
  );
};

describe('C4: the rules of a supergraph', () => {
  it('are read from objects, fields, enums and scalars, and are gone from what the planner sees', () => {
    const sdl = composed(
      '"@authenticated", "@requiresScopes", "@policy"',
      `type Query { a: A @authenticated b: Color s: Secret }
       type A @requiresScopes(scopes: [["x", "y"], ["z"]]) { b: Int @policy(policies: [["role:ADMIN"]]) }
       enum Color @authenticated { RED } scalar Secret @policy(policies: [["p"]])`,
    );
    expect(texts(sdl)).toEqual({
      A: ['scopes [["x","y"],["z"]]'],
      Color: ['authenticated'],
      Secret: ['policies [["p"]]'],
      'Query.a': ['authenticated'],
      'A.b': ['policies [["role:ADMIN"]]'],
    });
    const { api, sdl: whole } = buildSupergraphSchema(sdl);
    expect(separateRules(sdl).sdl).not.toMatch(/authenticated|requiresScopes|policy|SECURITY\)/);
    expect(whole).toBe(sdl);
    expect(
      Object.keys(api.getTypeMap()).filter((name) => name.includes('__') && !name.startsWith('__')),
    ).toEqual([]);
  });

  it('are read under other names', () => {
    const sdl = composed(
      '{ name: "@authenticated", as: "@known" }, { name: "@policy", as: "@rule" }',
      'type Query { a: Int @known b: Int @rule(policies: [["p"]]) }',
    );
    expect(sdl).toContain('@known');
    expect(texts(sdl)).toEqual({ 'Query.a': ['authenticated'], 'Query.b': ['policies [["p"]]'] });
    expect(Object.keys(buildSupergraphSchema(sdl).api.getQueryType()?.getFields() ?? {})).toEqual(['a', 'b']);
  });

  it.each([
    [
      'a name after "as"',
      '@link(url: "https://specs.apollo.dev/authenticated/v0.1", as: "login", for: SECURITY)',
      '@login',
    ],
    [
      'an import',
      '@link(url: "https://specs.apollo.dev/authenticated/v0.1", import: [{ name: "@authenticated", as: "@in" }], for: SECURITY)',
      '@in',
    ],
  ])('are read by %s in the supergraph itself', (_what, link, use) => {
    const sdl = composed('"@authenticated"', 'type Query { a: Int @authenticated b: Int }')
      .replace(/@link\(url: "https:\/\/specs.apollo.dev\/authenticated[^)]*\)/, link)
      .replaceAll('@authenticated', use)
      .replace(`name: "${use}"`, 'name: "@authenticated"');
    expect(texts(sdl)).toEqual({ 'Query.a': ['authenticated'] });
    expect(buildSupergraphSchema(sdl).authorization.rules.fields.size).toBe(1);
  });

  it.each(['https://specs.apollo.dev/authenticated/v0.2', 'https://example.com/guard/v1.0'])(
    'are refused with the supergraph when they are of %s, which nobody here knows',
    (url) => {
      const plain = compose([
        { name: 'a', url: 'http://subgraph.invalid/graphql', sdl: 'type Query { a: Int }' },
      ]);
      const sdl = plain.replace('schema\n', `schema\n  @link(url: "${url}", for: SECURITY)\n`);
      expect(() => buildSupergraphSchema(sdl)).toThrow(
        expect.objectContaining({ code: 'BAD_CONFIGURATION' }),
      );
    },
  );
});
