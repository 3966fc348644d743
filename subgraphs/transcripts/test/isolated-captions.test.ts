import { afterAll, describe, expect, it } from 'vitest';
import { draftTranscript } from '../src/domain/transcript-draft.ts';
import { parseCaptions } from '../src/domain/captions/captions.ts';
import { createCaptionsReader } from '../src/jobs/import-transcript.ts';

const signal = new AbortController().signal;

describe('captions in a process of their own', () => {
  const captions = createCaptionsReader();
  afterAll(captions.close);

  it.each([
    [
      'VTT',
      'WEBVTT\n\n00:01.000 --> 00:02.000\n<v 김민준>안녕하세요, 회의를 시작하겠습니다.\n\n00:03.000 --> 00:04.000\nHi.\n',
    ],
    ['SRT', '1\n00:00:01,000 --> 00:00:02,000\nDana: We ship on Friday.\n'],
    ['TEXT', 'Dana: We ship on Friday.\nLee: I will tell them.\n'],
    ['JSON', JSON.stringify({ segments: [{ start: 0.5, end: 2, text: 'We ship.', speaker: 'Dana' }] })],
  ] as const)('are read as here (%s)', async (format, text) => {
    const here = parseCaptions(text);
    if (!here.ok) throw new Error(here.error.message);
    const read = await captions.run({ content: Buffer.from(text), format: null }, { signal });
    expect(JSON.stringify(read)).toBe(
      JSON.stringify({
        format,
        languageHint: here.languageHint ?? null,
        draft: draftTranscript(here.segments),
      }),
    );
  });

  it('are refused with the words of the parser', async () => {
    const content = Buffer.from('WEBVTT\n\nat noon --> later\nHi.\n');
    await expect(captions.run({ content, format: 'VTT' }, { signal })).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'UNREADABLE_CAPTIONS',
    });
  });
});
