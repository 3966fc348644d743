/** What an edit can change of a segment. */
export interface SegmentContent {
  readonly text: string;
  readonly speakerId: string | null;
}

/** What somebody wants of one segment; what is absent stays as it is. */
export interface WantedEdit {
  readonly segmentId: string;
  readonly text?: string | undefined;
  readonly speakerId?: string | null | undefined;
}

/** An edit that was accepted after the revision that a new one is based on. */
export interface LaterEdit {
  readonly segmentId: string;
  readonly before: SegmentContent;
  /** Null for what was edited before editors were noted. */
  readonly editorId: string | null;
  readonly at: Date;
}

/** Two people have changed the same segment: all three versions of it, and who wrote the one that stands. */
export interface EditConflict {
  readonly segmentId: string;
  readonly base: SegmentContent;
  readonly theirs: SegmentContent;
  readonly yours: SegmentContent;
  readonly theirEditorId: string | null;
  readonly theirAt: Date;
}

/** A segment before and after an edit. */
export interface Rewrite<S extends SegmentContent> {
  readonly before: S;
  readonly after: SegmentContent;
}

/**
 * Puts edits that are based on an older revision onto the segments as they are now. A segment that nobody has changed since
 * takes the edit; one that somebody has is a conflict, unless the edit wants just what is there. One that was changed and
 * changed back counts as unchanged. Edits that change nothing are left out.
 *
 * @param segments every segment that is named in `wanted`, by id.
 * @param later edits since the base, oldest first.
 */
export function mergeEdits<S extends SegmentContent>(
  segments: ReadonlyMap<string, S>,
  wanted: readonly WantedEdit[],
  later: readonly LaterEdit[],
): { readonly rewrites: readonly Rewrite<S>[]; readonly conflicts: readonly EditConflict[] } {
  const bySegment = Map.groupBy(later, ({ segmentId }) => segmentId);
  const rewrites: Rewrite<S>[] = [];
  const conflicts: EditConflict[] = [];
  for (const edit of wanted) {
    const current = segments.get(edit.segmentId);
    if (current === undefined) continue;
    const after = applied(current, edit);
    if (isSame(after, current)) continue;
    const conflict = conflictOf(current, edit, bySegment.get(edit.segmentId) ?? []);
    if (conflict === null) rewrites.push({ before: current, after });
    else conflicts.push(conflict);
  }
  return { rewrites, conflicts };
}

function conflictOf(
  { text, speakerId }: SegmentContent,
  edit: WantedEdit,
  later: readonly LaterEdit[],
): EditConflict | null {
  const [first] = later;
  const last = later.at(-1);
  const theirs = { text, speakerId };
  if (first === undefined || last === undefined || isSame(first.before, theirs)) return null;
  return {
    segmentId: edit.segmentId,
    base: first.before,
    theirs,
    yours: applied(first.before, edit),
    theirEditorId: last.editorId,
    theirAt: last.at,
  };
}

function applied(content: SegmentContent, { text, speakerId }: WantedEdit): SegmentContent {
  return {
    text: text ?? content.text,
    speakerId: speakerId === undefined ? content.speakerId : speakerId,
  };
}

function isSame(one: SegmentContent, other: SegmentContent): boolean {
  return one.text === other.text && one.speakerId === other.speakerId;
}
