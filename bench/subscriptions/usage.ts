import type { Child } from './child.ts';

/** What a process has used up to now. */
export interface Usage {
  /** User and system time of all of its threads. */
  readonly cpuMicros: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
}

/** @param collect whether garbage goes first, so that memory is what is held. */
export async function usageOf(child: Child, collect = false): Promise<Usage> {
  return await child.ask<Usage>('usage', { collect });
}
