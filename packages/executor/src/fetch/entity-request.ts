import type { InternNode } from '../entities/intern.ts';
import { bodyStart, type CompiledFetch, type EntityFetch } from '../plan/compile-fetch.ts';
import { type AnswerReader, createAnswerReader } from './answer-reader.ts';
import type { SubgraphFetch } from './subgraph-fetch.ts';

/** A fetch for entities that is ready to go. */
export interface ReadyFetch {
  readonly fetch: CompiledFetch;
  readonly entity: EntityFetch;
  /** At least one, as JSON. */
  readonly representations: readonly string[];
}

/** One operation for several fetches, and where in its answer each finds its own. */
export interface EntityRequest {
  readonly request: SubgraphFetch;
  /** By fetch, in order. */
  readonly parts: readonly RequestPart[];
  readonly reader: AnswerReader;
}

/** Where in an answer a fetch finds its own. */
export interface RequestPart {
  /** The key in `data`. */
  readonly alias: string;
  /** Where its entities begin in the list under the key. */
  readonly offset: number;
  /** How many entities the list has to have. */
  readonly total: number;
}

/** Writes the requests of one plan. Texts of combined operations are kept: what meets once will meet at every run. */
export interface EntityRequestWriter {
  /**
   * One operation for fetches from one subgraph, all of which have a selection if they are several. Those that select the
   * same share a list of representations; others stand beside each other under aliases.
   * @param variableJson a variable of the client as JSON; `undefined` when it was not sent.
   */
  readonly write: (
    ready: readonly ReadyFetch[],
    variableJson: (name: string) => string | undefined,
  ) => EntityRequest;
}

// Which branches meet depends on how fast subgraphs are, so a wide plan could know very many combinations.
const MAX_COMBINATIONS = 100;

/** Creates the writer of a plan. */
export function createEntityRequestWriter(): EntityRequestWriter {
  const starts = new Map<string, string>();

  function startOf(groups: readonly Group[]): string {
    const leaders = groups.map(({ leader }) => leader);
    const [first] = leaders;
    if (first === undefined) throw new Error('a request needs a fetch');
    if (leaders.length === 1) return first.fetch.bodyStart;
    const key = leaders.map(({ fetch }) => fetch.index).join();
    const start = starts.get(key) ?? bodyStart(combinedQuery(leaders), first.fetch.node.operationName);
    if (starts.size < MAX_COMBINATIONS) starts.set(key, start);
    return start;
  }

  return {
    write: (ready, variableJson) => {
      const groups: Group[] = [];
      const placed = ready.map((one) => place(one, groups));
      const parts = placed.map(({ group, offset }) => ({
        alias: group.alias,
        offset,
        total: group.representations.length,
      }));
      const body = `${startOf(groups)}${variablesOf(ready, groups, variableJson)}}`;
      const node = ready.length === 1 ? (ready[0]?.fetch.node ?? null) : null;
      const subgraph = ready[0]?.fetch.subgraph ?? '';
      const reader = readerOf(ready, parts);
      return { request: { subgraph, kind: 'query', body, node, parse: reader.parse }, parts, reader };
    },
  };
}

interface Group {
  readonly leader: ReadyFetch;
  readonly alias: string;
  readonly parameter: string;
  readonly representations: string[];
}

function place(one: ReadyFetch, groups: Group[]): { readonly group: Group; readonly offset: number } {
  let group = groups.find(({ leader }) => leader.entity.signature === one.entity.signature);
  if (group === undefined) {
    const suffix = groups.length === 0 ? '' : String(groups.length);
    const names = { alias: `_entities${suffix}`, parameter: `representations${suffix}` };
    group = { leader: one, ...names, representations: [] };
    groups.push(group);
  }
  const offset = group.representations.length;
  // One by one: there may be more than a call takes arguments.
  for (const representation of one.representations) group.representations.push(representation);
  return { group, offset };
}

function variablesOf(
  ready: readonly ReadyFetch[],
  groups: readonly Group[],
  variableJson: (name: string) => string | undefined,
): string {
  const values = groups.map(
    ({ parameter, representations }) => `"${parameter}":[${representations.join(',')}]`,
  );
  for (const name of new Set(ready.flatMap(({ fetch }) => fetch.variableNames))) {
    const json = variableJson(name);
    // A client must not say what entities are asked for.
    if (json !== undefined && name === 'representations')
      throw new Error('Variables cannot contain key "representations"');
    if (json !== undefined) values.push(`"${name}":${json}`);
  }
  return `{${values.join(',')}}`;
}

function combinedQuery(leaders: readonly ReadyFetch[]): string {
  const groups: Group[] = [];
  for (const leader of leaders) place(leader, groups);
  const parameters = new Set(groups.map(({ parameter }) => `$${parameter}:[_Any!]!`));
  for (const { entity } of leaders) for (const one of entity.parameters) parameters.add(one);
  const fields = groups.map(
    ({ alias, parameter, leader }) =>
      `${alias === '_entities' ? '' : `${alias}:`}_entities(representations:$${parameter})${leader.entity.selection}`,
  );
  const name = leaders[0]?.fetch.node.operationName ?? '';
  return `query ${name}(${[...parameters].join(',')}){${fields.join(' ')}}`;
}

// Fetches that share a list are about different positions, and what is equal at two positions is not the same.
function readerOf(ready: readonly ReadyFetch[], parts: readonly RequestPart[]): AnswerReader {
  const below = new Map<string, InternNode>();
  parts.forEach(({ alias, total }, index) => {
    const one = ready[index];
    if (one?.fetch.internNode != null && one.representations.length === total)
      below.set(alias, one.fetch.internNode);
  });
  const node = below.size === 0 ? null : { below, intern: null };
  return createAnswerReader(node, ready[0]?.fetch.habit ?? { nativeAnswers: 0 });
}
