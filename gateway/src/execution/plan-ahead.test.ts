import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { compose } from '../../test/fixture-graph.ts';
import { buildSupergraphSchema, type SupergraphSchema } from '../supergraph/supergraph-schema.ts';
import { planAhead } from './plan-ahead.ts';
import { knownPlan, plannedOf } from './planned-operation.ts';

const build = (fields: string): SupergraphSchema =>
  buildSupergraphSchema(
    compose([{ name: 'a', url: 'http://subgraph.invalid/graphql', sdl: `type Query { ${fields} }` }]),
  );

const anonymously = (source: string) => ({ source, operationName: undefined, viewer: null });

it('plans what the old supergraph was asked for the new one, as far as that still knows it', async () => {
  const before = build('kept: Int dropped: Int');
  for (const source of ['{ kept }', '{ dropped }'])
    plannedOf({ schema: before, document: parse(source), ...anonymously(source) });
  const after = build('kept: Int added: Int');

  await planAhead(after, before);

  expect(knownPlan(after, anonymously('{ kept }'))).toBeDefined();
  expect(knownPlan(after, anonymously('{ dropped }'))).toBeUndefined();
});
