import { describe, expect, it } from 'vitest';
import { findAppointments } from './appointments.ts';
import type { DraftAppointment } from './draft-minutes.ts';
import { indexPeople } from './people.ts';
import { splitSentences } from './sentences.ts';

const participants = [
  { id: 'u1', name: '김민준', aliases: ['Minjun'] },
  { id: 'u2', name: 'Dana Lee', aliases: [] },
  { id: 'u3', name: 'Sam Park', aliases: [] },
];

/** A meeting on Wednesday, 4 March 2026, from 10:00 in Seoul. Each line is `Speaker: text`. */
function schedule(...lines: string[]): DraftAppointment[] {
  const segments = lines.map((line, index) => {
    const [speakerLabel = '', text = ''] = line.split(/: (.*)/su);
    return { id: `s${index}`, startMs: index * 10_000, endMs: index * 10_000 + 3_000, text, speakerLabel };
  });
  const request = {
    segments,
    title: 'Release sync',
    startedAt: '2026-03-04T01:00:00Z',
    timeZone: 'Asia/Seoul',
    participants,
    language: 'und',
  };
  const found = findAppointments(request, [...splitSentences(segments)], indexPeople(participants));
  for (const { segmentId, quote, startChar, endChar } of found.flatMap(({ evidence }) => evidence))
    expect(segments.find(({ id }) => id === segmentId)?.text.slice(startChar, endChar)).toBe(quote);
  return found;
}

describe('findAppointments', () => {
  it.each([
    ["Dana Lee: Let's meet again next Tuesday at three.", '2026-03-10T06:00:00.000Z'],
    ["Dana Lee: Let's have another call on Friday at 10:30.", '2026-03-06T01:30:00.000Z'],
    ['Dana Lee: The next meeting is on March 12th at 2 pm.', '2026-03-12T05:00:00.000Z'],
    [
      'Dana Lee: Please schedule a budget review tomorrow at nine in the morning.',
      '2026-03-05T00:00:00.000Z',
    ],
    ["Dana Lee: We'll reconvene on Monday at half past two.", '2026-03-09T05:30:00.000Z'],
    ["Dana Lee: Let's meet on Thursday, same time.", '2026-03-05T01:00:00.000Z'],
    ['김민준: 다음 주 수요일 오후 2시에 다시 모입시다.', '2026-03-11T05:00:00.000Z'],
    ['김민준: 다음 회의는 3월 11일 오전 10시로 하겠습니다.', '2026-03-11T01:00:00.000Z'],
    ['김민준: 그럼 다음 주 월요일 같은 시간에 다시 모이겠습니다.', '2026-03-09T01:00:00.000Z'],
    ['김민준: 모레 오후 세 시 반에 디자인 리뷰 하시죠.', '2026-03-06T06:30:00.000Z'],
    ['김민준: 금요일 4시에 뵙겠습니다.', '2026-03-06T07:00:00.000Z'],
  ])('reads %s', (line, startsAt) => {
    expect(schedule(line)).toMatchObject([{ startsAt, allDay: false }]);
  });

  it.each([
    ["Dana Lee: Let's meet on Friday from 2 to 4.", '2026-03-06T05:00:00.000Z', '2026-03-06T07:00:00.000Z'],
    [
      "Dana Lee: Let's meet on Friday at 11 for an hour.",
      '2026-03-06T02:00:00.000Z',
      '2026-03-06T03:00:00.000Z',
    ],
    [
      '김민준: 금요일 오후 2시부터 4시까지 워크숍을 진행하겠습니다.',
      '2026-03-06T05:00:00.000Z',
      '2026-03-06T07:00:00.000Z',
    ],
  ])('knows how long %s lasts', (line, startsAt, endsAt) => {
    expect(schedule(line)).toMatchObject([{ startsAt, endsAt }]);
  });

  it('lets one last all day when only the day was said', () => {
    expect(schedule("Dana Lee: Let's meet again next Tuesday.")).toMatchObject([
      { startsAt: '2026-03-09T15:00:00.000Z', endsAt: '2026-03-10T15:00:00.000Z', allDay: true },
    ]);
  });

  it('takes day and time from the answer, with both as evidence', () => {
    const [found] = schedule(
      'Dana Lee: When shall we meet again?',
      'Sam Park: Tuesday at three.',
      'Dana Lee: Works for me.',
    );
    expect(found).toMatchObject({ startsAt: '2026-03-10T06:00:00.000Z' });
    expect(found?.evidence.map(({ segmentId }) => segmentId)).toEqual(['s0', 's1']);
  });

  it('takes a proposal only when somebody else agrees', () => {
    const proposal = 'Dana Lee: Can we meet on Friday at ten?';
    expect(schedule(proposal, 'Sam Park: No, I am away.')).toEqual([]);
    expect(schedule(proposal, 'Sam Park: Yes, that works.')).toMatchObject([
      { startsAt: '2026-03-06T01:00:00.000Z' },
    ]);
    expect(schedule('김민준: 금요일 3시에 볼까요?', 'Sam Park: 네, 좋습니다.')).toHaveLength(1);
  });

  it.each([
    "Dana Lee: I'll send the report by Tuesday at three.",
    'Dana Lee: We met last Tuesday at three.',
    "Dana Lee: Let's meet next week.",
    "Dana Lee: We can't meet on Friday at ten.",
    'Dana Lee: The Friday meeting at ten was cancelled.',
    'Dana Lee: We meet every Monday at nine.',
    '김민준: 제가 다음 주 수요일까지 수정해서 올리겠습니다.',
    '김민준: 지난 금요일 3시 회의에서 논의했습니다.',
    '김민준: 그건 다음 회의에서 다시 논의하겠습니다.',
    '김민준: 금요일 3시 미팅은 취소하겠습니다.',
  ])('makes no appointment of %s', (line) => {
    expect(schedule(line)).toEqual([]);
  });

  it('invites who is named and who names them, else everybody', () => {
    const [named] = schedule('Dana Lee: Sam Park and I: let us meet on Friday at ten, Sam Park.');
    expect(named?.attendeeIds.toSorted()).toEqual(['u2', 'u3']);
    const [all] = schedule("Dana Lee: Let's meet on Friday at ten.");
    expect(all?.attendeeIds).toEqual(['u1', 'u2', 'u3']);
  });

  it('says what it is when that was said', () => {
    const title = (line: string): string | undefined => schedule(line)[0]?.title;
    expect(title('Dana Lee: Please schedule a budget review tomorrow at nine.')).toBe(
      'Budget review – Release sync',
    );
    expect(title("Dana Lee: Let's meet again on Friday at ten.")).toBe('Follow-up: Release sync');
    expect(title('김민준: 모레 오후 세 시에 디자인 리뷰 하시죠.')).toBe('디자인 리뷰 – Release sync');
    expect(title('김민준: 금요일 4시에 뵙겠습니다.')).toBe('Release sync 후속 회의');
  });

  it('keeps one of two that begin at the same time, and goes by date', () => {
    const found = schedule(
      "Dana Lee: Let's meet on Friday at ten.",
      "Dana Lee: So, let's meet again tomorrow at ten.",
      'Sam Park: The next call is on Friday at 10:00.',
    );
    expect(found.map(({ startsAt }) => startsAt)).toEqual([
      '2026-03-05T01:00:00.000Z',
      '2026-03-06T01:00:00.000Z',
    ]);
  });
});
