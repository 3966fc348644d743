import { describe, expect, it } from 'vitest';
import { languageFor, writeMessage } from './messages.ts';
import type { NotificationKind, ParametersByKind } from './notification-kind.ts';

const start = { scheduledStart: '2026-03-04T01:00:00.000Z', timeZone: 'Asia/Seoul' };

/** Facts for each kind, in a meeting with this title. */
const facts = (meetingTitle: string): ParametersByKind => ({
  MEETING_CREATED: { meetingTitle, ...start },
  MEETING_ENDED: { meetingTitle },
  MEETING_CANCELED: { meetingTitle, ...start },
  TRANSCRIPT_READY: { meetingTitle, wordCount: 1820, durationMs: 720_000 },
  VERIFICATION_REQUESTED: { meetingTitle },
  TRANSCRIPT_VERIFIED: { meetingTitle },
  SECTION_DISPUTED: { meetingTitle },
  SECTION_COMMENTED: { meetingTitle },
  MEETING_SHARED: { meetingTitle, access: 'VERIFY' },
  MINUTES_READY: { meetingTitle, actionItemCount: 2, namesRecipient: true },
  TODO_ASSIGNED: { meetingTitle, todoTitle: '견적서 보내기' },
  TODO_COMPLETED: { meetingTitle, todoTitle: '예산안' },
  TODO_DUE: {
    meetingTitle,
    todoTitle: '예산안',
    dueAt: start.scheduledStart,
    timeZone: start.timeZone,
    late: false,
  },
  TODO_STATUS_CHANGED: { meetingTitle, todoTitle: '예산안', status: 'BLOCKED' },
  TASK_FAILED: { meetingTitle, taskKind: 'MINUTES', reason: null },
  WEBHOOK_DISABLED: { host: 'hooks.example.com' },
});
const KINDS = Object.keys(facts('')) as NotificationKind[];

describe('languageFor', () => {
  it('is Korean for Korean and English for everything else', () => {
    expect(['ko', 'ko-KR', 'KO'].map(languageFor)).toEqual(['ko', 'ko', 'ko']);
    expect(['en', 'en-GB', 'mul', 'kok', ''].map(languageFor)).toEqual(['en', 'en', 'en', 'en', 'en']);
  });
});

describe('writeMessage', () => {
  it.each(KINDS)('writes %s in both languages, with what it is about in the title', (kind) => {
    const parameters = facts('주간 회의')[kind];
    const name =
      'todoTitle' in parameters ? parameters.todoTitle : 'host' in parameters ? parameters.host : '주간 회의';
    for (const language of ['en', 'ko'] as const) {
      const { title, body } = writeMessage(kind, parameters, language);
      expect(title).toContain(name);
      expect(title + body).not.toMatch(/undefined|null|NaN/);
      expect(body).not.toBe('');
    }
  });

  it('joins Korean particles to the titles', () => {
    const titles = (['MEETING_ENDED', 'MEETING_CANCELED', 'TODO_ASSIGNED', 'TODO_COMPLETED'] as const).map(
      (kind) => writeMessage(kind, facts('주간 회의')[kind], 'ko').title,
    );
    expect(titles).toEqual([
      '‘주간 회의’가 끝났습니다',
      '‘주간 회의’가 취소되었습니다',
      '‘견적서 보내기’를 맡게 되었습니다',
      '‘예산안’이 완료되었습니다',
    ]);
  });

  it('says when a meeting starts in its own time zone', () => {
    expect(writeMessage('MEETING_CREATED', facts('X').MEETING_CREATED, 'en').body).toMatch(
      /^When: Wednesday, March 4, 2026 at 10:00\sAM \(Asia\/Seoul\)\.$/,
    );
    expect(writeMessage('MEETING_CREATED', facts('X').MEETING_CREATED, 'ko').body).toMatch(
      /^일시: 2026년 3월 4일 수요일 오전 10:00\(Asia\/Seoul\)$/,
    );
  });

  it('counts in English with singular and plural', () => {
    const minutes = (actionItemCount: number): string =>
      writeMessage('MINUTES_READY', { meetingTitle: 'X', actionItemCount, namesRecipient: false }, 'en').body;
    expect([0, 1, 2].map(minutes)).toEqual([
      'No action items to decide on.',
      '1 action item suggested.',
      '2 action items suggested.',
    ]);
    const ready = facts('X').TRANSCRIPT_READY;
    expect(writeMessage('TRANSCRIPT_READY', ready, 'en').body).toBe('1,820 words in 12 minutes.');
    const short = { ...ready, wordCount: 1, durationMs: 4_000 };
    expect(writeMessage('TRANSCRIPT_READY', short, 'en').body).toBe('1 word in 1 minute.');
  });

  it('says until when a todo has to be done, or had to', () => {
    const due = facts('주간 회의').TODO_DUE;
    const late = { ...due, meetingTitle: null, late: true };
    const en = writeMessage('TODO_DUE', due, 'en');
    expect(en.title).toBe('“예산안” is due soon');
    expect(en.body).toMatch(
      /^It is due on Wednesday, March 4, 2026 at 10:00\sAM \(Asia\/Seoul\)\. It comes from “주간 회의”\.$/,
    );
    expect(writeMessage('TODO_DUE', late, 'en').title).toBe('“예산안” is overdue');
    expect(writeMessage('TODO_DUE', late, 'en').body).toMatch(/^It was due on .* \(Asia\/Seoul\)\.$/);
    expect(writeMessage('TODO_DUE', due, 'ko').title).toBe('‘예산안’의 기한이 다가왔습니다');
    expect(writeMessage('TODO_DUE', late, 'ko')).toEqual({
      title: '‘예산안’의 기한이 지났습니다',
      body: '기한은 2026년 3월 4일 수요일 오전 10:00(Asia/Seoul)까지였습니다.',
    });
  });

  it('writes without a meeting where there is none', () => {
    const failed = {
      meetingTitle: null,
      taskKind: 'TRANSCRIPT_IMPORT',
      reason: 'Line 3 is no caption.',
    } as const;
    expect(writeMessage('TASK_FAILED', failed, 'en')).toEqual({
      title: 'The transcript could not be imported',
      body: 'Line 3 is no caption.',
    });
    expect(writeMessage('TASK_FAILED', failed, 'ko').title).toBe('녹취록을 가져오지 못했습니다');
    const noSpeech = { ...failed, code: 'NO_SPEECH', reason: 'Nothing is said in this recording.' };
    expect(writeMessage('TASK_FAILED', noSpeech, 'ko').body).toBe('녹음에서 말소리를 찾지 못했습니다.');
    expect(writeMessage('TASK_FAILED', noSpeech, 'en').body).toBe('Nothing is said in this recording.');
    expect(writeMessage('TASK_FAILED', { ...failed, code: 'NEW' }, 'ko').body).toBe('Line 3 is no caption.');
    const todo = { meetingTitle: null, todoTitle: 'Call' };
    expect(writeMessage('TODO_COMPLETED', todo, 'ko').title).toBe('‘Call’이(가) 완료되었습니다');
  });
});
