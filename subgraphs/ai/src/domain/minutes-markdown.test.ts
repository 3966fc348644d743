import { describe, expect, it } from 'vitest';
import {
  escapeMarkdown,
  type MarkdownItem,
  type MarkdownMinutes,
  renderMinutes,
} from './minutes-markdown.ts';

const item = (text: string, over: Partial<MarkdownItem> = {}): MarkdownItem => ({
  text,
  review: 'SUGGESTED',
  evidence: [{ startMs: 61_000, speakerLabel: 'Speaker 1' }],
  assigneeName: null,
  dueAt: null,
  ...over,
});

const minutes = (over: Partial<MarkdownMinutes> = {}): MarkdownMinutes => ({
  title: 'Release sync',
  startedAt: new Date('2026-03-04T01:00:00Z'),
  timeZone: 'Asia/Seoul',
  revision: 2,
  language: 'en',
  overview: '3 minutes.',
  points: [item('We are late.')],
  decisions: [],
  actionItems: [],
  openQuestions: [],
  ...over,
});

describe('renderMinutes', () => {
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
    const evidence = [0, 900, 3_661_000].map((startMs) => ({ startMs, speakerLabel: '' }));
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
