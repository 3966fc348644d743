import { describe, expect, it } from 'vitest';
import type { ReadableItem, ReadableMinutes } from './minutes-document.ts';
import { escapeMarkdown, renderMinutes } from './minutes-markdown.ts';

const item = (text: string, over: Partial<ReadableItem> = {}): ReadableItem => ({
  text,
  review: 'SUGGESTED',
  evidence: [{ startMs: 61_000, speakerLabel: 'Speaker 1', quote: text }],
  assigneeName: null,
  dueAt: null,
  ...over,
});

const minutes = (over: Partial<ReadableMinutes> = {}): ReadableMinutes => ({
  title: 'Release sync',
  startedAt: new Date('2026-03-04T01:00:00Z'),
  timeZone: 'Asia/Seoul',
  revision: 2,
  language: 'en',
  overview: '3 minutes.',
  providerModel: null,
  fallbackCode: null,
  dropped: null,
  points: [item('We are late.')],
  decisions: [],
  actionItems: [],
  openQuestions: [],
  schedule: [],
  ...over,
});

describe('renderMinutes', () => {
  it('says which language model wrote, and what part of the meeting it does not know', () => {
    const written = renderMinutes(
      minutes({
        providerModel: 'model_x',
        dropped: { sections: 1, ofSections: 3 },
        decisions: [item('We ship.')],
      }),
    );
    expect(written).toContain('*Written by a language model from the transcript.');
    expect(written).toContain(String.raw`(model\_x)`);
    expect(written).toContain('no usable answer for them: 1/3*');
    expect(written).toContain('## Key points\n');
    expect(written).not.toContain('**Speaker 1:**');
  });

  it('says why no language model wrote although one was to', () => {
    const selected = renderMinutes(minutes({ language: 'ko', fallbackCode: 'BUDGET_SPENT' }));
    expect(selected).toContain('녹취록에서 고른 문장');
    expect(selected).toContain(
      '*언어 모델이 작성한 회의록이 아닙니다: 이번 달 언어 모델 토큰을 모두 사용했습니다.*',
    );
  });

  it('writes title, local time, revision, overview and the sections that hold something', () => {
    expect(renderMinutes(minutes())).toBe(
      [
        '# Release sync',
        '2026-03-04 10:00 (Asia/Seoul) · revision 2',
        '*Sentences selected from the transcript, not written. Times count from its start.*',
        '3 minutes.',
        '## Key statements',
        '- **Speaker 1:** We are late. (01:01)\n',
      ].join('\n\n'),
    );
  });

  it('gives an action item its owner and the local due time, a day alone when it is the end of that day', () => {
    const byNoon = item('Send it', { assigneeName: 'Kim', dueAt: new Date('2026-03-05T03:00:00Z') });
    const thatDay = item('Fix it', { review: 'EDITED', dueAt: new Date('2026-03-11T14:59:59.999Z') });
    const document = renderMinutes(minutes({ actionItems: [byNoon, thatDay] }));
    expect(document).toContain('- Send it (01:01) · **Kim** · 2026-03-05 12:00\n');
    expect(document).toContain('- Fix it (01:01) — accepted · 2026-03-11\n');
  });

  it('gives an appointment its title and its time, a day alone when it lasts all day', () => {
    const call = {
      ...item('At two.'),
      title: 'Budget call',
      startsAt: new Date('2026-03-11T05:00:00Z'),
      endsAt: new Date('2026-03-11T06:00:00Z'),
      allDay: false,
    };
    const day = { ...call, startsAt: new Date('2026-03-11T15:00:00Z'), endsAt: null, allDay: true };
    const document = renderMinutes(minutes({ schedule: [call, day, { ...call, endsAt: null }] }));
    expect(document).toContain(
      '## Suggested appointments\n\n- At two. (01:01) · **Budget call** · 2026-03-11 14:00 – 15:00\n',
    );
    expect(document).toContain(' · 2026-03-12\n');
    expect(document).toContain(' · 2026-03-11 14:00\n');
  });

  it('leaves rejected items out', () => {
    const document = renderMinutes(minutes({ decisions: [item('We stop', { review: 'REJECTED' })] }));
    expect(document).not.toContain('We stop');
    expect(document).not.toContain('Possible decisions');
  });

  it.each([
    ['ko-KR', '## 핵심 발언'],
    ['mul', '## 핵심 발언 / Key statements'],
    ['de', '## Key statements'],
  ])('heads the sections for %s', (language, heading) => {
    expect(renderMinutes(minutes({ language }))).toContain(`\n${heading}\n`);
  });

  it('names each time once, with the hour when there is one', () => {
    const evidence = [0, 900, 3_661_000].map((startMs) => ({ startMs, speakerLabel: '', quote: '' }));
    expect(renderMinutes(minutes({ points: [item('Hello.', { evidence })] }))).toContain(
      '- Hello. (00:00, 1:01:01)\n',
    );
  });
});

describe('escapeMarkdown', () => {
  it.each([
    ['[click](javascript:x)', String.raw`\[click\](javascript:x)`],
    ['<img src=x>', String.raw`\<img src=x\>`],
    ['*so* _so_ `so` ~so~', String.raw`\*so\* \_so\_ \`so\` \~so\~`],
    ['# no heading', String.raw`\# no heading`],
    ['- no list', String.raw`\- no list`],
    ['1. no list', String.raw`1\. no list`],
    ['two\n\nlines', 'two lines'],
    ['R&amp;D', String.raw`R\&amp;D`],
    ['version 2.0 - done', 'version 2.0 - done'],
  ])('shows %j as it is', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});
