import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { describe, expect, it } from 'vitest';
import { composeLibrary } from '../../test/library-graph.ts';
import { fetchesOf } from '../../test/small-graph.ts';
import { compilePlan } from './compile-plan.ts';
import type { Step } from './steps.ts';

const graph = composeLibrary();
const { supergraph } = graph;
const compiled = (node: PlanNode | undefined, defaults = {}): Step | null =>
  compilePlan({ node, supergraph, defaults }).step;

const fetchOf = (operation: string): FetchNode => ({
  kind: 'Fetch',
  serviceName: 'books',
  operation,
  operationName: undefined,
  operationKind: 'query' as FetchNode['operationKind'],
});

describe('a compiled plan', () => {
  it('is nothing when there is nothing to fetch', () => {
    const plan = compilePlan({
      node: graph.planOf('{ __schema { queryType { name } } }'),
      supergraph,
      defaults: {},
    });
    expect(plan.step).toBeNull();
    expect(plan.isShared(['a'])).toBe(false);
  });

  it('keeps the order of sequences and what is parallel', () => {
    const step = graph.compiledPlanOf('{ books { score author { name } } }').step;
    if (step?.kind !== 'sequence') throw new Error('no sequence');
    expect(step.steps.map(({ kind }) => kind)).toEqual(['fetch', 'parallel']);
  });

  it('puts the path of a Flatten node into the fetch, with lists and nested lists', () => {
    const [, ...fetches] = fetchesOf(graph.compiledPlanOf('{ grid { author { name } score } }').step);
    const paths = fetches.map(({ steps }) =>
      steps.map((step) => (step.kind === 'key' ? step.key : '@')).join('.'),
    );
    expect(paths.toSorted()).toEqual(['grid.@.@', 'grid.@.@.author']);
  });

  it('puts together the paths of Flatten nodes that stand in each other', () => {
    const inner: PlanNode = { kind: 'Flatten', path: ['@', 'author'], node: fetchOf('{x}') };
    const step = compiled({ kind: 'Flatten', path: ['books'], node: { kind: 'Sequence', nodes: [inner] } });
    expect(fetchesOf(step)[0]?.path).toEqual(['books', '@', 'author']);
  });

  it('numbers its fetches', () => {
    const fetches = fetchesOf(graph.compiledPlanOf('{ books { score author { name age } } }').step);
    expect(fetches.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  });

  it('marks the keys that other fetches bring objects to as well', () => {
    const [, reviews] = fetchesOf(graph.compiledPlanOf('{ books { score shelf { row room } } }').step);
    expect(reviews?.attached).toEqual([
      { key: 'score', isContested: false },
      { key: 'shelf', isContested: true },
    ]);
  });

  it('treats an alias that is called __proto__ as contested, so that it is never assigned', () => {
    const [books] = fetchesOf(
      graph.compiledPlanOf('{ __proto__: book { title } constructor: book { title } }').step,
    );
    expect(books?.attached).toEqual([
      { key: '__proto__', isContested: true },
      { key: 'constructor', isContested: false },
    ]);
  });

  it('is refused when it has a @defer', () => {
    const defer = { kind: 'Defer', primary: {}, deferred: [] } as unknown as PlanNode;
    expect(() => compiled(defer)).toThrow('@defer is not supported');
    expect(() => compiled({ kind: 'Sequence', nodes: [defer] })).toThrow('@defer is not supported');
  });
});

describe('a condition of a plan', () => {
  const node = graph.planOf('query($x: Boolean!) { ... @skip(if: $x) { books { author { name } } } }');

  it('has its branches, of which either may be missing', () => {
    const step = compiled(node);
    expect(step).toMatchObject({ kind: 'condition', variable: 'x', byDefault: false, whenTrue: null });
    expect(fetchesOf(step).map(({ subgraph }) => subgraph)).toEqual(['books', 'people']);
  });

  it('has the default of its variable, and no inherited one', () => {
    expect(compiled(node, { x: true })).toMatchObject({ byDefault: true });
    const named = { kind: 'Condition', condition: 'constructor', ifClause: fetchOf('{x}') } as PlanNode;
    expect(compiled(named)).toMatchObject({ byDefault: false });
  });
});
