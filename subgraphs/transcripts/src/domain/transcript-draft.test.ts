import { describe, expect, it } from 'vitest';
import { contentHash, countWords, titleOf } from './section-text.ts';
import { draftTranscript } from './transcript-draft.ts';

describe('draftTranscript', () => {
  it('gives one speaker per label, spelled as first seen, with words and time', () => {
    const draft = draftTranscript([
      { startMs: 0, endMs: 1_000, text: 'Good morning everybody.', speakerLabel: 'Dana Lee' },
      { startMs: 1_000, endMs: 3_000, text: '안녕하세요 반갑습니다', speakerLabel: '김민준' },
      { startMs: 3_000, endMs: 4_500, text: 'Shall we?', speakerLabel: 'dana lee' },
      { startMs: 4_500, endMs: 5_000, text: '(door)' },
    ]);
    expect(draft.speakers).toEqual([
      { label: 'Dana Lee', talkMs: 2_500, words: 5 },
      { label: '김민준', talkMs: 2_000, words: 2 },
    ]);
    expect(draft.segments.map(({ speaker }) => speaker)).toEqual([0, 1, 0, null]);
    expect(draft).toMatchObject({ durationMs: 5_000, wordCount: 8 });
  });

  it('takes the composed and the decomposed form of a Korean name for one speaker', () => {
    const draft = draftTranscript([
      { startMs: 0, endMs: 1, text: 'a', speakerLabel: '김민준'.normalize('NFD') },
      { startMs: 1, endMs: 2, text: 'b', speakerLabel: '김민준' },
    ]);
    expect(draft.speakers).toHaveLength(1);
  });

  it('describes each section by its times, its first words and its hash', () => {
    const draft = draftTranscript([
      { startMs: 500, endMs: 9_000, text: 'One' },
      { startMs: 1_000, endMs: 2_000, text: 'two' },
    ]);
    expect(draft.sections).toEqual([
      { title: 'One two', startMs: 500, endMs: 9_000, contentHash: contentHash(['One', 'two']) },
    ]);
    expect(draft.durationMs).toBe(9_000);
  });

  it('keeps the talking time within an integer, whatever the captions claim', () => {
    const endMs = 2 ** 31 - 1;
    const segment = { startMs: 0, endMs, text: 'x', speakerLabel: 'A' };
    expect(draftTranscript([segment, segment]).speakers[0]?.talkMs).toBe(endMs);
  });
});

describe('the text of a section', () => {
  it('has another hash when words move between segments', () => {
    expect(contentHash(['a b', 'c'])).not.toBe(contentHash(['a', 'b c']));
  });

  it('is titled with whole words', () => {
    expect(titleOf(['Short title'])).toBe('Short title');
    expect(titleOf(['word '.repeat(40).trim()])).toBe(`${'word '.repeat(12).trim()}…`);
    expect(titleOf(['x'.repeat(100)])).toBe(`${'x'.repeat(60)}…`);
  });

  it('counts words between white space', () => {
    expect(countWords('다음 주 수요일까지')).toBe(3);
    expect(countWords('  ')).toBe(0);
  });
});
