import { describe, expect, it } from 'vitest';
import { type LaterEdit, mergeEdits, type SegmentContent } from './merge-edits.ts';

const at = new Date('2026-03-04T01:00:00Z');
const said = (text: string, speakerId: string | null = 'dana'): SegmentContent => ({ text, speakerId });
const now = new Map([
  ['a', said('We ship on Monday.')],
  ['b', said('Fine.', 'minjun')],
]);
const later = (segmentId: string, before: SegmentContent, editorId = 'pia'): LaterEdit => ({
  segmentId,
  before,
  editorId,
  at,
});

describe('an edit that is based on an older revision', () => {
  it('is taken for a segment that nobody has changed since', () => {
    const { rewrites, conflicts } = mergeEdits(
      now,
      [{ segmentId: 'b', text: 'All right.' }],
      [later('a', said('We skip on Monday.'))],
    );
    expect(conflicts).toEqual([]);
    expect(rewrites).toEqual([{ before: now.get('b'), after: said('All right.', 'minjun') }]);
  });

  it('conflicts with every version of a segment that somebody has changed, from the base to now', () => {
    const edits = [
      later('a', said('We skip on Monday.'), 'pia'),
      later('a', said('We ship Monday.'), 'rosa'),
    ];
    const { rewrites, conflicts } = mergeEdits(now, [{ segmentId: 'a', text: 'We ship on Sunday.' }], edits);
    expect(rewrites).toEqual([]);
    expect(conflicts).toEqual([
      {
        segmentId: 'a',
        base: said('We skip on Monday.'),
        theirs: said('We ship on Monday.'),
        yours: said('We ship on Sunday.'),
        theirEditorId: 'rosa',
        theirAt: at,
      },
    ]);
  });

  it('conflicts when one changes the text and the other who speaks', () => {
    const edits = [later('a', said('We skip on Monday.'))];
    const { conflicts } = mergeEdits(now, [{ segmentId: 'a', speakerId: 'minjun' }], edits);
    expect(conflicts).toMatchObject([
      { theirs: said('We ship on Monday.'), yours: said('We skip on Monday.', 'minjun') },
    ]);
  });

  it('is no conflict when both want the same', () => {
    const edits = [later('a', said('We skip on Monday.'))];
    const wanted = [{ segmentId: 'a', text: 'We ship on Monday.' }];
    expect(mergeEdits(now, wanted, edits)).toEqual({ rewrites: [], conflicts: [] });
  });

  it('is taken when the segment was changed and changed back', () => {
    const edits = [later('a', said('We ship on Monday.')), later('a', said('We skip on Monday.'))];
    const { rewrites, conflicts } = mergeEdits(now, [{ segmentId: 'a', speakerId: null }], edits);
    expect(conflicts).toEqual([]);
    expect(rewrites).toEqual([{ before: now.get('a'), after: said('We ship on Monday.', null) }]);
  });
});
