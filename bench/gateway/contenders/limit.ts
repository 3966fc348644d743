import type { RecordedFetch } from '../subgraphs/process.ts';

/** What the physical limit does for every request, without looking at it. */
export interface LimitWork {
  /** Address of each subgraph. */
  readonly urls: readonly string[];
  /** In the order of their waves; the fetches of a wave are sent when all of the one before are answered. */
  readonly fetches: readonly RecordedFetch[];
  /** Body of the answer. */
  readonly answer: string;
}
