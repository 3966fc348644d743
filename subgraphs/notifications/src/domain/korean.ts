import { type Particle, particleAfter } from './korean-particle.ts';
import type { Templates } from './notification-kind.ts';

/** Notifications in Korean. */
export const KOREAN: Templates = {
  MEETING_CREATED: ({ meetingTitle, ...start }) => ({
    title: `‘${meetingTitle}’에 초대되었습니다`,
    body: `${when(start)}에 시작합니다.`,
  }),
  MEETING_ENDED: ({ meetingTitle }) => ({
    title: `${quoted(meetingTitle, '이/가')} 끝났습니다`,
    body: '녹취록과 회의록이 준비되면 알려 드립니다.',
  }),
  MEETING_CANCELED: ({ meetingTitle, ...start }) => ({
    title: `${quoted(meetingTitle, '이/가')} 취소되었습니다`,
    body: `${when(start)}에 시작할 예정이었습니다.`,
  }),
  TRANSCRIPT_READY: ({ meetingTitle, wordCount, durationMs }) => ({
    title: `‘${meetingTitle}’의 녹취록이 준비되었습니다`,
    body: `${Math.round(durationMs / 60_000)}분, ${wordCount.toLocaleString('ko-KR')}단어입니다.`,
  }),
  VERIFICATION_REQUESTED: ({ meetingTitle }) => ({
    title: `‘${meetingTitle}’의 녹취록을 확인해 주세요`,
    body: '각 구간을 실제 발언과 비교한 뒤 승인하거나 이의를 제기해 주세요.',
  }),
  TRANSCRIPT_VERIFIED: ({ meetingTitle }) => ({
    title: `‘${meetingTitle}’의 녹취록이 확정되었습니다`,
    body: '모든 구간이 승인되었습니다.',
  }),
  SECTION_DISPUTED: ({ meetingTitle }) => ({
    title: `‘${meetingTitle}’의 녹취록에 이의가 제기되었습니다`,
    body: '해당 구간을 고치거나 이의를 제기한 사람과 협의해 주세요.',
  }),
  SECTION_COMMENTED: ({ meetingTitle }) => ({
    title: `‘${meetingTitle}’의 녹취록에 새로운 의견이 있습니다`,
    body: '의견에 답하거나 해당 구간을 고쳐 주세요.',
  }),
  MEETING_SHARED: ({ meetingTitle, access }) => ({
    title: `${quoted(meetingTitle, '이/가')} 공유되었습니다`,
    body: SHARED[access] ?? '녹취록과 회의록을 볼 수 있습니다.',
  }),
  MINUTES_READY: ({ meetingTitle, actionItemCount, namesRecipient }) => ({
    title: `‘${meetingTitle}’의 회의록이 준비되었습니다`,
    body: `${suggested(actionItemCount)}${namesRecipient ? ' 담당자로 지목된 할 일이 있습니다.' : ''}`,
  }),
  TODO_ASSIGNED: ({ todoTitle, meetingTitle }) => ({
    title: `${quoted(todoTitle, '을/를')} 맡게 되었습니다`,
    body: meetingTitle === null ? '기한은 할 일 목록에서 확인해 주세요.' : origin(meetingTitle),
  }),
  TODO_COMPLETED: ({ todoTitle, meetingTitle }) => ({
    title: `${quoted(todoTitle, '이/가')} 완료되었습니다`,
    body: meetingTitle === null ? '할 일이 완료로 표시되었습니다.' : origin(meetingTitle),
  }),
  TODO_STATUS_CHANGED: ({ todoTitle, meetingTitle, status }) => ({
    title: `‘${todoTitle}’의 상태가 ${STATUSES[status] ?? ''}바뀌었습니다`,
    body: meetingTitle === null ? '다른 사람이 상태를 바꾸었습니다.' : origin(meetingTitle),
  }),
  TODO_DUE: ({ todoTitle, meetingTitle, dueAt, timeZone, late }) => ({
    title: late ? `‘${todoTitle}’의 기한이 지났습니다` : `‘${todoTitle}’의 기한이 다가왔습니다`,
    body:
      `기한은 ${moment(dueAt, timeZone)}${late ? '였습니다' : '입니다'}.` +
      (meetingTitle === null ? '' : ` ${origin(meetingTitle)}`),
  }),
  TASK_FAILED: ({ meetingTitle, taskKind, reason }) => {
    const of = meetingTitle === null ? '' : `‘${meetingTitle}’의 `;
    const titles: Readonly<Record<string, string>> = {
      MEETING_DELETION: `${meetingTitle === null ? '' : `‘${meetingTitle}’ `}회의를 삭제하지 못했습니다`,
      MINUTES: `${of}회의록을 만들지 못했습니다`,
      BULK_MINUTES: '여러 회의의 회의록을 만들지 못했습니다',
      SCHEDULE: `${of}일정을 제안하지 못했습니다`,
      TRANSCRIPT_IMPORT: `${of}녹취록을 가져오지 못했습니다`,
      TRANSCRIPT_VALIDATION: `${of}녹취록을 점검하지 못했습니다`,
      TRANSCRIPTION: `${of}녹음을 받아쓰지 못했습니다`,
    };
    return {
      title: titles[taskKind] ?? `${of}작업이 실패했습니다`,
      body: reason ?? '원인을 알 수 없습니다.',
    };
  },
  WEBHOOK_DISABLED: ({ host }) => ({
    title: `${host} 웹훅이 꺼졌습니다`,
    body: '며칠 동안 전송하지 못했습니다. 문제를 고친 뒤 설정에서 다시 켜 주세요.',
  }),
};

const SHARED: Readonly<Record<string, string>> = {
  COMMENT: '녹취록과 회의록을 보고 의견을 남길 수 있습니다.',
  VERIFY: '녹취록과 회의록을 보고 의견을 남기며 녹취록을 확인할 수 있습니다.',
};

const STATUSES: Readonly<Record<string, string>> = {
  OPEN: '미완료로 ',
  IN_PROGRESS: '진행 중으로 ',
  BLOCKED: '막힘으로 ',
  DONE: '완료로 ',
  CANCELED: '취소로 ',
};

function quoted(title: string, particle: Particle): string {
  return `‘${title}’${particleAfter(title, particle)}`;
}

function origin(meetingTitle: string): string {
  return `‘${meetingTitle}’에서 나온 할 일입니다.`;
}

function when({ scheduledStart, timeZone }: { scheduledStart: string; timeZone: string }): string {
  return moment(scheduledStart, timeZone);
}

function moment(instant: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('ko-KR', { dateStyle: 'full', timeStyle: 'short', timeZone });
  return `${format.format(new Date(instant))}(${timeZone})`;
}

function suggested(actionItems: number): string {
  return actionItems === 0 ? '발견된 할 일이 없습니다.' : `할 일 ${actionItems}건이 제안되었습니다.`;
}
