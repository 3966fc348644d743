/** What a split leaves in the section that came of it. */
export interface SplitSection {
  readonly id: string;
  /** The section that it was a part of; null when it was never split off. */
  readonly splitFromId: string | null;
  /** Revision that the split gave to both parts. */
  readonly splitRevision: number | null;
}

/**
 * True when the section `id` was part of `ofId` at that revision of it: it is that section, or was split off later. An
 * edit that was begun before a split still finds its segments.
 */
export function wasPartOf(
  sections: ReadonlyMap<string, SplitSection>,
  id: string,
  of: { readonly id: string; readonly revision: number },
): boolean {
  let section = sections.get(id);
  while (section !== undefined) {
    if (section.id === of.id) return true;
    const { splitFromId, splitRevision } = section;
    if (splitFromId === null || splitRevision === null || splitRevision <= of.revision) return false;
    section = sections.get(splitFromId);
  }
  return false;
}
