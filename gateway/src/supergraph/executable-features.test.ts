import type { PlanNode } from '@apollo/query-planner';
import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { compose } from '../../test/fixture-graph.ts';
import { plannedOf } from '../execution/planned-operation.ts';
import { withoutLinksOfExecutables } from './executable-features.ts';
import { buildSupergraphSchema } from './supergraph-schema.ts';

const head = (feature: string) => `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective"])
    @link(url: "https://example.org/${feature}/v1.0", import: ["@${feature}"])
    @composeDirective(name: "@${feature}")`;

/** Two subgraphs that define the same directive, the second one after `definition`. */
function composed(feature: string, [first, second]: readonly [string, string]): string {
  const subgraph = (name: string, definition: string) => ({
    name,
    url: `http://${name}.invalid/`,
    sdl: `${head(feature)} directive @${feature}${definition} enum Unit { METER FOOT } type Query { ${name}: Int }`,
  });
  return compose([subgraph('depth', first), subgraph('height', second)]);
}

const measured = () => composed('measure', ['(in: Unit!) on FIELD', '(in: Unit! = METER) on FIELD']);

/** What the subgraphs are sent for an operation, or what is wrong with it. */
function sent(sdl: string, source: string): string[] {
  const schema = buildSupergraphSchema(sdl);
  const document = parse(source);
  const errors = validate(schema.api, document);
  if (errors.length > 0) return errors.map(({ message }) => message);
  const { plan } = plannedOf({ schema, document, source, operationName: undefined, viewer: null });
  return plan?.node === undefined || plan.node.kind === 'Subscription' ? [] : operations(plan.node);
}

function operations(node: PlanNode): string[] {
  if (node.kind === 'Fetch') return [node.operation];
  return node.kind === 'Parallel' ? node.nodes.flatMap(operations) : [];
}

describe('a directive for operations that subgraphs compose', () => {
  it('reaches them with the default of the supergraph, whichever of them has one', () => {
    expect(sent(measured(), '{ depth @measure height @measure(in: FOOT) }')).toEqual([
      '{depth@measure(in:METER)}',
      '{height@measure(in:FOOT)}',
    ]);
  });

  it('takes variables, and arguments that its definition knows', () => {
    expect(sent(measured(), 'query($in: Unit!) { depth @measure(in: $in) }')).toEqual([
      'query($in:Unit!){depth@measure(in:$in)}',
    ]);
    expect(sent(measured(), '{ depth @measure(of: 1) }')).toContain(
      'Unknown argument "of" on directive "@measure".',
    );
  });

  it('does not take one for schemas to clients', () => {
    const definition = '(in: Unit) on FIELD_DEFINITION';
    const sdl = composed('rounded', [definition, definition]);
    expect(withoutLinksOfExecutables(sdl)).toBe(sdl);
    expect(sent(sdl, '{ depth @rounded }')).toEqual(['Unknown directive "@rounded".']);
  });

  it('leaves a feature alone that a gateway has to know', () => {
    const sdl = measured().replace('import: ["@measure"]', 'for: SECURITY, import: ["@measure"]');
    expect(withoutLinksOfExecutables(sdl)).toBe(sdl);
    expect(() => buildSupergraphSchema(sdl)).toThrow('cannot be served');
  });
});
