import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { type Minutes, renderMinutes } from './print-minutes.ts';

const said = (quote: string, startMs: number): Minutes['points'][number]['evidence'][number] => ({
  quote,
  segment: { startMs, speaker: { label: 'Speaker 1', user: null } },
});

const minutes: Minutes = {
  language: 'en',
  overview: '1 minute, 2 speakers.',
  meeting: { title: 'Release', timeZone: 'Asia/Seoul' },
  points: [{ text: 'We are late.', evidence: [said('Um, we are late.', 62_000)] }],
  decisions: [],
  openQuestions: [],
  actionItems: [
    {
      text: 'I will send the report.',
      evidence: [said('I will send the report.', 3_725_000)],
      dueAt: '2026-03-06T14:59:59.999Z',
      dueText: 'by Friday',
      assigneeName: 'Sarah',
      suggestedAssignee: null,
    },
  ],
  keywords: [],
};

it('prints each item with time, speaker and the words it rests on, and no empty section', () => {
  expect(stripVTControlCharacters(renderMinutes(minutes)).trim().split('\n')).toEqual([
    '회록 · Release',
    '1 minute, 2 speakers.',
    '',
    'Key statements',
    '  01:02 Speaker 1  We are late.',
    '           “Um, we are late.”',
    '',
    'Suggested action items',
    '  ☐ I will send the report.',
    '      owner: Sarah · due: Fri, 6 Mar 2026 (“by Friday”)',
    '      1:02:05 Speaker 1  “I will send the report.”',
  ]);
});

it('prints Korean minutes in Korean', () => {
  const text = stripVTControlCharacters(renderMinutes({ ...minutes, language: 'ko' }));
  expect(text).toContain('제안된 할 일');
  expect(text).toContain('담당: Sarah · 기한: 2026년 3월 6일 (금)');
});
