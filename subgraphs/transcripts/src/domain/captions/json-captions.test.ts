import { describe, expect, it } from 'vitest';
import { parseCaptions } from './captions.ts';

const read = (value: unknown) => parseCaptions(JSON.stringify(value), 'JSON');
const segmentsOf = (value: unknown) => {
  const result = read(value);
  return result.ok ? result.segments : result;
};

describe('reading JSON', () => {
  it('reads Whisper with the probability of its tokens as confidence', () => {
    const whisper = {
      language: 'korean',
      segments: [{ id: 0, start: 0.5, end: 1.25, text: ' 네.', avg_logprob: -0.1 }],
    };
    expect(segmentsOf(whisper)).toEqual([{ startMs: 500, endMs: 1250, text: '네.', confidence: 0.9048 }]);
    expect(read(whisper)).toMatchObject({ languageHint: 'ko', timed: true });
  });

  it('reads the mean score of WhisperX words as confidence', () => {
    const words = [{ word: 'a', score: 0.5 }, { word: 'b', score: 1 }, { word: '3' }];
    const segments = [{ start: 0, end: 1, text: 'a b 3', speaker: 'SPEAKER_00', words }];
    expect(segmentsOf({ segments })).toEqual([
      { startMs: 0, endMs: 1000, text: 'a b 3', speakerLabel: 'SPEAKER_00', confidence: 0.75 },
    ]);
  });

  it('reads OpenAI diarized segments and our own', () => {
    const diarized = {
      task: 'transcribe',
      text: 'Hi',
      segments: [{ type: 'transcript.text.segment', id: 's', start: 0, end: 1, text: 'Hi', speaker: 'A' }],
    };
    expect(segmentsOf(diarized)).toEqual([{ startMs: 0, endMs: 1000, text: 'Hi', speakerLabel: 'A' }]);
  });

  it('reads whisper.cpp', () => {
    const file = {
      result: { language: 'en' },
      transcription: [{ offsets: { from: 10, to: 990 }, text: ' Hi' }],
    };
    expect(read(file)).toMatchObject({
      languageHint: 'en',
      segments: [{ startMs: 10, endMs: 990, text: 'Hi' }],
    });
  });

  it.each([
    ['the API answer', (sentences: object[]) => ({ data: { transcript: { title: 't', sentences } } })],
    ['sentences', (sentences: object[]) => ({ sentences })],
    ['a transcript list', (transcript: object[]) => ({ transcript })],
  ])('reads Fireflies: %s', (_, wrap) => {
    const sentences = [
      {
        index: 0,
        speaker_name: 'Ann',
        speaker_id: 0,
        text: 'Hi.',
        raw_text: 'hi',
        start_time: 1.5,
        end_time: 2,
      },
      { index: 1, speaker_name: null, speaker_id: 1, text: null, raw_text: 'yo', start_time: 3, end_time: 4 },
    ];
    expect(segmentsOf(wrap(sentences))).toEqual([
      { startMs: 1500, endMs: 2000, text: 'Hi.', speakerLabel: 'Ann' },
      { startMs: 3000, endMs: 4000, text: 'yo', speakerLabel: 'Speaker 2' },
    ]);
  });

  it('reads a downloaded Fireflies list with clock times', () => {
    const list = [{ sentence: 'Hi.', startTime: '01:02', endTime: '01:03.5', speaker_name: 'Ann' }];
    expect(segmentsOf(list)).toEqual([{ startMs: 62_000, endMs: 63_500, text: 'Hi.', speakerLabel: 'Ann' }]);
  });

  it('reads Otter, whose offsets are samples and whose speakers are listed apart', () => {
    const turn = {
      start_offset: 16_000,
      end_offset: 40_000,
      transcript: 'Hi.',
      speaker_id: 7,
      speaker_model_label: null,
    };
    const other = {
      start_offset: 48_000,
      end_offset: 64_000,
      transcript: 'Yo.',
      speaker_id: null,
      speaker_model_label: '0',
    };
    const speech = { transcripts: [turn, other], speakers: [{ id: 7, speaker_name: 'Ann' }] };
    expect(segmentsOf({ speech })).toEqual([
      { startMs: 1000, endMs: 2500, text: 'Hi.', speakerLabel: 'Ann' },
      { startMs: 3000, endMs: 4000, text: 'Yo.', speakerLabel: 'Speaker 1' },
    ]);
    expect(segmentsOf({ speech_segments: [turn] })).toMatchObject([{ speakerLabel: 'Speaker 8' }]);
  });

  it('names the path of the first problem', () => {
    const pathOf = (value: unknown) => {
      const result = read(value);
      return result.ok ? undefined : / (\S+) is wrong/.exec(result.error.message)?.[1];
    };
    const good = { start: 0, end: 1, text: 'a' };
    expect(pathOf({ segments: [good, { ...good, start: 'x' }] })).toBe('segments[1].start');
    expect(pathOf({ sentences: [{ start_time: 1, text: 'a' }] })).toBe('sentences[0].end_time');
  });

  it('names the shapes it understands when there is none of them', () => {
    const result = read({ words: [], note: 1 });
    expect(!result.ok && result.error.message).toMatch(/keys words, note.*Whisper.*Fireflies.*Otter/);
  });

  it('says on which line broken JSON breaks', () => {
    expect(parseCaptions('{"segments": [\n{"start": 0,,', 'JSON')).toMatchObject({
      error: { code: 'BAD_JSON', line: 2 },
    });
  });

  it('keeps what PostgreSQL cannot store out of the text', () => {
    const segments = [{ start: 0, end: 1, text: 'a\u0000b\uD800', speaker: 'x\u0000' }];
    expect(segmentsOf({ segments })).toEqual([
      { startMs: 0, endMs: 1000, text: 'a\uFFFDb\uFFFD', speakerLabel: 'x\uFFFD' },
    ]);
  });

  it('says that a file without speech has none', () => {
    expect(read({ segments: [] })).toMatchObject({ ok: false, error: { code: 'NO_SPEECH' } });
  });
});
