import { describe, expect, it } from 'vitest';
import { wasPartOf } from './section-lineage.ts';

const sections = new Map(
  [
    { id: 'whole', splitFromId: null, splitRevision: null },
    { id: 'second', splitFromId: 'whole', splitRevision: 4 },
    { id: 'third', splitFromId: 'second', splitRevision: 7 },
    { id: 'other', splitFromId: null, splitRevision: null },
  ].map((section) => [section.id, section]),
);

describe('the lineage of a section', () => {
  it('leads from a part to what it was split from, over several splits', () => {
    for (const id of ['whole', 'second', 'third'])
      expect(wasPartOf(sections, id, { id: 'whole', revision: 3 })).toBe(true);
  });

  it('ends at the revision of the split', () => {
    expect(wasPartOf(sections, 'second', { id: 'whole', revision: 4 })).toBe(false);
    expect(wasPartOf(sections, 'third', { id: 'second', revision: 6 })).toBe(true);
    expect(wasPartOf(sections, 'third', { id: 'second', revision: 7 })).toBe(false);
  });

  it('does not lead to a neighbor, nor from a section that is not there', () => {
    expect(wasPartOf(sections, 'other', { id: 'whole', revision: 1 })).toBe(false);
    expect(wasPartOf(sections, 'whole', { id: 'second', revision: 4 })).toBe(false);
    expect(wasPartOf(sections, '', { id: 'whole', revision: 1 })).toBe(false);
  });
});
