import { operationFromDocument } from '@apollo/federation-internals';
import type { PlanNode } from '@apollo/query-planner';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { compose } from '../../test/fixture-graph.ts';
import { resolvableKeysFirst } from './key-order.ts';
import { buildSupergraphSchema } from './supergraph-schema.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@external", "@requires"])';

/** The harbor knows a ship by its berth too, and resolves it by name alone. */
const harbor = `${LINK}
  type Query { ships: [Ship!]! }
  type Ship @key(fields: "berth { pier }", resolvable: false) @key(fields: "name") {
    name: ID!
    berth: Berth!
    tons: Int! @external
    fee: Int! @requires(fields: "tons")
  }
  type Berth { pier: ID! }`;
const registry = `${LINK} type Ship @key(fields: "name") { name: ID! tons: Int! }`;

const subgraph = (name: string, sdl: string) => ({ name, url: `http://${name}.invalid/`, sdl });

const supergraphSdl = () => compose([subgraph('harbor', harbor), subgraph('registry', registry)]);

/** What each fetch of entities sends of an object. */
function required(node: PlanNode | undefined): string[][] {
  if (node === undefined) return [];
  if (node.kind === 'Sequence' || node.kind === 'Parallel') return node.nodes.flatMap(required);
  if (node.kind === 'Flatten') return required(node.node);
  if (node.kind !== 'Fetch') return [];
  return (node.requires ?? []).map(({ selections = [] }) =>
    selections.flatMap((selection) => (selection.kind === 'Field' ? [selection.name] : [])),
  );
}

describe('the order of keys', () => {
  it('lets the planner come back to a subgraph by a key that it resolves', () => {
    const { planner, apiSchema } = buildSupergraphSchema(supergraphSdl());
    const { node } = planner.buildQueryPlan(operationFromDocument(apiSchema, parse('{ ships { fee } }')));
    expect(node?.kind === 'Subscription' ? null : required(node)).toEqual([
      ['__typename', 'name'],
      ['__typename', 'tons', 'name'],
    ]);
  });

  it('changes nothing else of a supergraph', () => {
    const sdl = supergraphSdl();
    const ordered = resolvableKeysFirst(sdl);
    const words = (text: string): string[] => text.split(/\s+/).toSorted();
    expect(ordered.indexOf('key: "name"')).toBeLessThan(ordered.indexOf('key: "berth { pier }"'));
    expect(words(ordered).filter((word) => word.startsWith('@join__'))).toEqual(
      words(sdl).filter((word) => word.startsWith('@join__')),
    );
    expect(resolvableKeysFirst(ordered)).toBe(ordered);
  });

  it('leaves a supergraph alone whose keys are all resolvable', () => {
    const plain = harbor.replace(', resolvable: false', '');
    const sdl = compose([subgraph('harbor', plain), subgraph('registry', registry)]);
    expect(resolvableKeysFirst(sdl)).toBe(sdl);
  });
});
