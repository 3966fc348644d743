import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decodeCaptions, parseCaptions } from './captions.ts';
import type { CaptionsResult } from './captions-result.ts';

const VTT = 'WEBVTT\n\n00:01.000 --> 00:02.000\nhello';
const SRT = '1\n00:00:01,000 --> 00:00:02,000\nhello';
const errorOf = (result: CaptionsResult) => (result.ok ? undefined : result.error);

describe('telling the format', () => {
  it.each([
    ['VTT', VTT],
    ['SRT', SRT],
    ['SRT', '00:01.000 --> 00:02.000\nWebVTT that lost its header'],
    ['JSON', ' {"segments": [{"start": 0, "end": 1, "text": "hello"}]}'],
    ['TEXT', 'Ann: hello'],
    ['TEXT', '[00:00:01] Ann: hello'],
  ])('reads %s by its content', (format, text) => {
    expect(parseCaptions(text)).toMatchObject({ ok: true, format });
  });

  it('says what a file is when the sender says otherwise', () => {
    const saying = (text: string, format: 'VTT' | 'SRT' | 'JSON') => {
      const error = errorOf(parseCaptions(text, format));
      return [error?.code, /looks like (\w+)/.exec(error?.message ?? '')?.[1]];
    };
    expect(saying(SRT, 'VTT')).toEqual(['NOT_VTT', 'SubRip']);
    expect(saying(VTT, 'SRT')).toEqual(['NOT_SRT', 'WebVTT']);
    expect(saying(VTT, 'JSON')).toEqual(['BAD_JSON', 'WebVTT']);
  });

  it('reads captions that are sent as plain text as captions, with a warning', () => {
    expect(parseCaptions(VTT, 'TEXT')).toMatchObject({
      format: 'VTT',
      warnings: [{ code: 'FORMAT_MISMATCH' }],
    });
    expect(parseCaptions('{ Ann: hello', 'TEXT')).toMatchObject({ format: 'TEXT', warnings: [] });
  });

  it('refuses WebVTT with a misspelt signature as such', () => {
    expect(errorOf(parseCaptions('WEBVT\n\n00:01.000 --> 00:02.000\nhi'))).toMatchObject({
      code: 'NOT_VTT',
      line: 1,
    });
  });
});

describe('reading captions', () => {
  it('refuses WebVTT whose every timing is broken, naming the first line', () => {
    expect(errorOf(parseCaptions('WEBVTT\n\n00:xx --> 00:02\nhi'))).toMatchObject({
      code: 'BROKEN_CUES',
      line: 3,
    });
  });

  it('says that captions without a word hold no speech', () => {
    expect(errorOf(parseCaptions('WEBVTT\n\n00:01.000 --> 00:02.000\n<i> </i>'))?.code).toBe('NO_SPEECH');
    expect(errorOf(parseCaptions('WEBVTT\n\nNOTE nothing'))?.code).toBe('NO_SPEECH');
  });

  it('orders overlapping cues by start and keeps them apart', () => {
    const text =
      'WEBVTT\n\n00:05.000 --> 00:09.000\n<v B>late\n\n00:01.000 --> 00:06.000\n<v A>early\n\n00:01.000 --> 00:02.000\n<v A>too';
    const result = parseCaptions(text);
    expect(result.ok && result.segments.map((segment) => segment.text)).toEqual(['early', 'too', 'late']);
  });

  it('mends an end before its start and leaves impossible times out', () => {
    const result = parseCaptions(
      'WEBVTT\n\n00:05.000 --> 00:01.000\nodd\n\n999:00:00.000 --> 999:00:01.000\nfar',
    );
    expect(result).toMatchObject({ segments: [{ startMs: 5000, endMs: 5000, text: 'odd' }] });
    expect(result).toMatchObject({
      warnings: [
        { code: 'ENDS_BEFORE_START', line: 3 },
        { code: 'TIME_OUT_OF_RANGE', line: 6 },
      ],
    });
  });

  it('takes the language from the header of WebVTT', () => {
    expect(parseCaptions('WEBVTT\nLanguage: en-GB\n\n00:01.000 --> 00:02.000\nhi')).toMatchObject({
      languageHint: 'en-GB',
    });
  });

  it('lists fifty warnings and counts the rest', () => {
    const result = parseCaptions(`${VTT}\n\n${'x --> y\n\n'.repeat(80)}`);
    expect(result.ok && result.warnings).toHaveLength(51);
    expect(result.ok && result.warnings.at(-1)).toMatchObject({
      code: 'MORE_WARNINGS',
      message: '30 more warnings are not listed.',
    });
  });
});

const meetings = fileURLToPath(new URL('../../../../../../shared/data/', import.meta.url));

describe.skipIf(!existsSync(meetings))('real meetings (skipped without ../shared/data)', () => {
  const read = (path: string) => decodeCaptions(readFileSync(`${meetings}${path}`));

  it.each(['ES2008a', 'IS1008a'])(
    'gives the same segments and speakers for every caption file of %s',
    (id) => {
      const teams = read(`captions/${id}.teams.vtt`);
      expect(teams).toMatchObject({ ok: true, format: 'VTT', timed: true, warnings: [] });
      expect(read(`captions/${id}.zoom.vtt`)).toEqual(teams);
      expect(read(`captions/${id}.srt`)).toEqual({ ...teams, format: 'SRT' });
      const speakers = new Set(teams.ok ? teams.segments.map((segment) => segment.speakerLabel) : []);
      expect(speakers).toEqual(new Set(['Speaker A', 'Speaker B', 'Speaker C', 'Speaker D']));
    },
  );

  it.each(['ko/ko-dev-1.json', 'ko/ko-dev-2.json', 'ko/mixed-dev-1.json', 'ami/IS1008a.json'])(
    'reads %s',
    (path) => {
      const file = JSON.parse(readFileSync(`${meetings}${path}`, 'utf8')) as {
        segments: unknown[];
        language: string;
      };
      const result = read(path);
      expect(result).toMatchObject({ ok: true, format: 'JSON', languageHint: file.language });
      expect(result.ok && result.segments).toHaveLength(file.segments.length);
    },
  );

  it.each(['covid_6', 'Bed010', 'education_0'])('finds every speaker of %s written as plain text', (id) => {
    const file = JSON.parse(readFileSync(`${meetings}qmsum/${id}.json`, 'utf8')) as {
      meeting_transcripts: { speaker: string; content: string }[];
    };
    const turns = file.meeting_transcripts.filter((turn) => turn.content.trim() !== '');
    const result = parseCaptions(turns.map(({ speaker, content }) => `${speaker}: ${content}`).join('\n'));
    const speakers = result.ok ? result.segments.map((segment) => segment.speakerLabel) : [];
    expect(result).toMatchObject({ ok: true, format: 'TEXT', timed: false });
    expect(speakers).toEqual(turns.map((turn) => turn.speaker.trim()));
  });
});
