import { describe, expect, it } from 'vitest';
import type { AnalysisSegment } from './draft-minutes.ts';
import { evidenceOf, hangulShare, splitSentences } from './sentences.ts';

function segments(...texts: string[]): AnalysisSegment[] {
  return texts.map((text, index) => ({
    id: `s${index}`,
    startMs: index * 1000,
    endMs: index * 1000 + 900,
    text,
    speakerLabel: 'Ada',
  }));
}

const quotes = (spoken: readonly AnalysisSegment[]): string[][] =>
  [...splitSentences(spoken)].map((sentence) => evidenceOf(sentence, spoken).map((part) => part.quote));

describe('splitSentences', () => {
  it('cuts a segment into verbatim sentences', () => {
    expect(quotes(segments('  Hello there.  Um , shall we start? Yes!'))).toEqual([
      ['Hello there.'],
      ['Um , shall we start?'],
      ['Yes!'],
    ]);
  });

  it('does not cut after an abbreviation', () => {
    expect(quotes(segments('Mr. Smith agreed. Dr. Jones did not.'))).toEqual([
      ['Mr. Smith agreed.'],
      ['Dr. Jones did not.'],
    ]);
  });

  it('cuts Korean at its endings when the recognizer left no periods', () => {
    expect(quotes(segments('일정을 공유하겠습니다 다음 주까지 보낼게요 감사합니다'))).toEqual([
      ['일정을 공유하겠습니다'],
      ['다음 주까지 보낼게요'],
      ['감사합니다'],
    ]);
  });

  it('joins a sentence that a caption cue broke, with one piece of evidence per cue', () => {
    expect(quotes(segments('I think we should', 'move the release to May.'))).toEqual([
      ['I think we should', 'move the release to May.'],
    ]);
  });

  it('does not join across speakers', () => {
    const [first, second] = segments('I think we should', 'move on.');
    const spoken = [first, second].flatMap((segment) => (segment === undefined ? [] : [segment]));
    expect(quotes(spoken.map((segment, at) => ({ ...segment, speakerLabel: `speaker ${at}` })))).toHaveLength(
      2,
    );
  });

  it('yields nothing for text without letters or digits', () => {
    expect(quotes(segments('', '   ', '...', '—'))).toEqual([]);
  });

  it('reads the script of each sentence by its share of Hangul', () => {
    const spoken = segments("Good morning. Let's go over the release. 먼저 남은 블로커부터 볼게요.");
    expect([...splitSentences(spoken)].map((sentence) => sentence.korean)).toEqual([false, false, true]);
    expect(hangulShare('123')).toBe(0);
  });
});
