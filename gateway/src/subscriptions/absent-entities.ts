import type { Fetcher, SubgraphAnswer } from '@hoerok/executor';

/** Watches one execution for entities that are answered with null: what was deleted, or may not be seen. */
export interface AbsenceWatch {
  readonly fetcher: Fetcher;
  /** True when there was one. The nulls that follow from that break no promise of a subgraph. */
  readonly met: () => boolean;
}

/** The same fetcher, watched. */
export function watchAbsentEntities(fetcher: Fetcher): AbsenceWatch {
  let met = false;
  return {
    fetcher: async (fetch) => {
      const answer = await fetcher(fetch);
      met ||= lacksEntity(answer);
      return answer;
    },
    met: () => met,
  };
}

// Fetches that went out together have their entities under names that begin alike.
function lacksEntity({ data, errors }: SubgraphAnswer): boolean {
  if (errors !== undefined || data == null) return false;
  return Object.entries(data).some(
    ([key, list]) => key.startsWith('_entities') && Array.isArray(list) && list.includes(null),
  );
}
