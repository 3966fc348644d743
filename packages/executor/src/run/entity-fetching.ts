import type { EntityRequest, EntityRequestWriter, ReadyFetch } from '../fetch/entity-request.ts';
import type { Fetcher, SubgraphAnswer, SubgraphError } from '../fetch/subgraph-fetch.ts';

/** What a subgraph has answered to one fetch for entities. */
export interface EntityAnswer {
  /** By representation; empty when there is no data. */
  readonly entities: readonly unknown[];
  readonly errors: readonly {
    /** Which representation it is about; `null` when it does not say. */
    readonly index: number | null;
    readonly error: SubgraphError;
  }[];
}

/** Fetches entities for the branches of one running plan. */
export interface EntityFetching {
  /** Rejects with what the fetcher threw, or when the answer is not what a subgraph has to answer. */
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
      const { request, parts } = writer.write(
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
        try {
          resolve(partOf(answer, ready, parts[position]));
        } catch (error) {
          reject(error);
        }
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

type Part = EntityRequest['parts'][number];

function partOf(
  { data, errors = [] }: SubgraphAnswer,
  ready: ReadyFetch,
  part: Part | undefined,
): EntityAnswer {
  if (part === undefined) throw new Error('an answer has fewer parts than its request');
  const { alias, offset } = part;
  const end = offset + ready.representations.length;
  const own: EntityAnswer['errors'][number][] = [];
  for (const error of errors) {
    const [key, index] = Array.isArray(error.path) ? error.path : [];
    // An error that names no part of the operation may be about any of them.
    if (key === undefined || (key === alias && typeof index !== 'number')) own.push({ index: null, error });
    else if (key === alias && typeof index === 'number' && index >= offset && index < end)
      own.push({ index: index - offset, error });
  }
  if (data === null || data === undefined) return { entities: [], errors: own };
  const list = data[alias];
  // A null where no null may be: there must be an error that says why.
  if (list == null && own.length > 0) return { entities: [], errors: own };
  if (!Array.isArray(list)) throw new Error('Expected "data._entities" in response to be an array');
  if (list.length < end) throw new Error(`Expected "data._entities" to contain ${end} elements`);
  const isAll = offset === 0 && end === list.length;
  return { entities: isAll ? list : list.slice(offset, end), errors: own };
}
