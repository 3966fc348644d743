import type { SegmentDraft } from './segment-list.ts';

/** What a format's reader found, before the segments are made fit and ordered. */
export interface ParsedCaptions {
  readonly ok: true;
  readonly drafts: readonly SegmentDraft[];
  /** False when at least one time is estimated. */
  readonly timed: boolean;
  /** Language that the file states. */
  readonly languageHint?: string;
}
