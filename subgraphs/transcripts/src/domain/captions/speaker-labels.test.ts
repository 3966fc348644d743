import { describe, expect, it } from 'vitest';
import { learnSpeakerLabels } from './speaker-labels.ts';

const learn = (lines: readonly string[]) =>
  learnSpeakerLabels(
    lines.map((line) => [line]),
    0.5,
  );
const speakers = (...lines: string[]) => lines.map((line) => learn(lines).split(line).speaker);

describe('learnSpeakerLabels', () => {
  it('takes the name off the front of a line', () => {
    expect(learn(['Dana Lee: hello', '김민준: 네', 'Dana Lee: bye']).split('Dana Lee: hello: there')).toEqual(
      {
        speaker: 'Dana Lee',
        text: 'hello: there',
      },
    );
  });

  it.each([
    'Note: remember this',
    '10:30 we meet',
    'https://example.com is it',
    '참고: 내일',
    'Action item: call them',
  ])('does not take %j for a speaker', (line) => {
    expect(speakers('Ann: hi', line, 'Ann: bye', line, 'Bo: ok')).toEqual([
      'Ann',
      undefined,
      'Ann',
      undefined,
      'Bo',
    ]);
  });

  it('does not take a sentence or a long phrase for a speaker', () => {
    const long = 'This is what I would like to say about it: nothing';
    expect(speakers('Ann: hi', 'Wait. Listen: no', 'Ann: bye', long, 'Ann: so')).toEqual([
      'Ann',
      undefined,
      'Ann',
      undefined,
      'Ann',
    ]);
  });

  it('finds no speaker in talk where few lines have a colon', () => {
    expect(speakers('We go.', 'The plan: stay.', 'Fine.', 'Budget: none.', 'Good.')).toEqual(
      Array(5).fill(undefined),
    );
  });

  it('keeps a title inside a name and leaves what follows in the text', () => {
    expect(learn(['Dr. Kim: HQ: text', 'Dr. Kim: ok', 'Ann: hi']).split('Dr. Kim: HQ: text')).toEqual({
      speaker: 'Dr. Kim',
      text: 'HQ: text',
    });
  });

  it('keeps a colon inside a name when the same words follow every time', () => {
    const lines = ['Dr. Kim: HQ: one', 'Ann: hi', 'Dr. Kim: HQ: two'];
    expect(learn(lines).split('Dr. Kim: HQ: two')).toEqual({ speaker: 'Dr. Kim: HQ', text: 'two' });
  });

  it('reads names with a comma when they repeat', () => {
    expect(speakers('Lee, Dana: a', 'Lee, Dana: b', 'Well, then: c')).toEqual([
      'Lee, Dana',
      'Lee, Dana',
      undefined,
    ]);
  });

  it('reads a name with a role in brackets, even one with a comma that speaks once', () => {
    const chair = 'The Chair (Mr. Kim (Head of Sales, Marketing and all the other things we do))';
    expect(speakers(`${chair}: a`, 'Ann (QA, Ltd.): b')).toEqual([chair, 'Ann (QA, Ltd.)']);
  });

  it('reads names after a dash and in brackets, but not sounds', () => {
    expect(speakers('- Ann: hi', '[Bo] hey', '[Ann]: ok', '[Music] la', '[Bo] bye')).toEqual([
      'Ann',
      'Bo',
      'Ann',
      undefined,
      'Bo',
    ]);
  });

  it('reads Korean labels with a title, a full-width colon or no space', () => {
    expect(speakers('김민준 팀장: 네', '이서연：네', '화자 1:안녕')).toEqual([
      '김민준 팀장',
      '이서연',
      '화자 1',
    ]);
  });
});
