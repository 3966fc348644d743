import type { Turn } from './cue-text.ts';

/** A cue of any timed caption format after its markup is gone. */
export interface PlainCue {
  readonly startMs: number;
  readonly endMs: number;
  /** Line of the timing in the file, from 1. */
  readonly sourceLine: number;
  /** One entry for each voice; one without speaker when the format has no voices. */
  readonly turns: readonly Turn[];
}
