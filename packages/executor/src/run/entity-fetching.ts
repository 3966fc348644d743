import type { EntityRequest, EntityRequestWriter, ReadyFetch, RequestPart } from '../fetch/entity-request.ts';
import {
  type Fetcher,
  MAX_ERRORS,
  type SubgraphAnswer,
  type SubgraphError,
} from '../fetch/subgraph-fetch.ts';

/** What a subgraph has answered to one fetch for entities. */
export interface EntityAnswer {
  /** By representation; empty when there is no data. */
  readonly entities: readonly unknown[];
  readonly errors: readonly {
    /** Which representation it is about; `null` when it does not say. */
    readonly index: number | null;
    readonly error: SubgraphError;
  }[];
  /** Equal objects in them are one already. */
  readonly isInterned: boolean;
  /** What is wrong with the answer itself, beside its errors. */
  readonly failure: Error | null;
}

/** Fetches entities for the branches of one running plan. */
export interface EntityFetching {
  /** Rejects with what the fetcher threw. */
  readonly fetch: (ready: ReadyFetch) => Promise<EntityAnswer>;
}

/** What {@link createEntityFetching} needs. */
export interface EntityFetchingDeps {
  readonly writer: EntityRequestWriter;
  readonly variableJson: (name: string) => string | undefined;
  readonly fetcher: Fetcher;
}

interface Waiting {
  readonly ready: ReadyFetch;
  readonly resolve: (answer: EntityAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Branches of a plan that come to ask the same subgraph at the same moment ask it together, in one request. Nobody waits
 * for that: what is ready goes out as soon as everything that the last answer set off has run.
 */
export function createEntityFetching({ writer, variableJson, fetcher }: EntityFetchingDeps): EntityFetching {
  const bySubgraph = new Map<string, Waiting[]>();

  async function send(batch: readonly Waiting[]): Promise<void> {
    try {
      const { request, parts, reader } = writer.write(
        batch.map(({ ready }) => ready),
        variableJson,
      );
      const answer = await fetcher(request);
      if (batch.length > 1 && answer.data == null && answer.errors !== undefined) {
        // One list of entities that fails as a whole takes the others with it, so each has to ask for itself.
        for (const one of batch) void send([one]);
        return;
      }
      batch.forEach(({ ready, resolve, reject }, position) => {
        const part = parts[position];
        if (part === undefined) reject(new Error('a request has fewer parts than its fetches'));
        else resolve(partOf(answer, { ready, part, parts, isInterned: reader.isInterned() }));
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  function flush(): void {
    const batches = [...bySubgraph.values()];
    bySubgraph.clear();
    for (const waiting of batches) {
      const together = waiting.filter(({ ready }) => ready.entity.selection !== null);
      if (together.length > 0) void send(together);
      for (const alone of waiting) if (alone.ready.entity.selection === null) void send([alone]);
    }
  }

  return {
    fetch: (ready) =>
      new Promise((resolve, reject) => {
        if (bySubgraph.size === 0) setImmediate(flush);
        const { subgraph } = ready.fetch;
        const waiting = bySubgraph.get(subgraph) ?? [];
        bySubgraph.set(subgraph, waiting);
        waiting.push({ ready, resolve, reject });
      }),
  };
}

interface AnswerScope {
  readonly ready: ReadyFetch;
  readonly part: RequestPart;
  readonly parts: EntityRequest['parts'];
  readonly isInterned: boolean;
}

function partOf({ data, errors = [] }: SubgraphAnswer, scope: AnswerScope): EntityAnswer {
  const { ready, part, parts } = scope;
  const { alias, offset, total } = part;
  const end = offset + ready.representations.length;
  const own: EntityAnswer['errors'][number][] = [];
  for (const error of errors) {
    if (own.length === MAX_ERRORS) break;
    const path: readonly unknown[] = Array.isArray(error.path) ? error.path : [];
    const [key, index] = path;
    const isPlaced = typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < total;
    // An error that names no part of the operation may be about any of them.
    const isOfAll = key === alias ? !isPlaced : !parts.some((other) => other.alias === key);
    if (isOfAll) own.push({ index: null, error });
    else if (key === alias && isPlaced && index >= offset && index < end)
      own.push({ index: index - offset, error });
  }
  const answered = (entities: readonly unknown[], failure: string | null = null): EntityAnswer => ({
    entities,
    // Those who share a list have it without.
    isInterned: scope.isInterned && ready.representations.length === total,
    errors: own,
    failure: failure === null ? null : new Error(failure),
  });
  if (data === null || data === undefined) return answered([]);
  const list = data[alias];
  // A null where no null may be: there must be an error that says why.
  if (list == null && own.length > 0) return answered([]);
  if (!Array.isArray(list)) return answered([], 'Expected "data._entities" in response to be an array');
  // With another length nobody knows whose an element is.
  if (list.length !== total) return answered([], `Expected "data._entities" to contain ${total} elements`);
  return answered(ready.representations.length === total ? list : list.slice(offset, end));
}
