import { type Particle, particleAfter } from './korean-particle.ts';
import { minutes, type Templates } from './notification-kind.ts';

/** Notifications in Korean. */
export const KOREAN: Templates = {
  MEETING_CREATED: ({ meetingTitle, ...start }) => ({
    title: `‘${meetingTitle}’에 초대되었습니다`,
    // No tense: captions of a meeting that is over may be brought afterwards.
    body: `일시: ${when(start)}`,
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
    body: `${minutes(durationMs)}분, ${wordCount.toLocaleString('ko-KR')}단어입니다.`,
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
      `기한은 ${moment(dueAt, timeZone)}까지${late ? '였습니다' : '입니다'}.` +
      (meetingTitle === null ? '' : ` ${origin(meetingTitle)}`),
  }),
  TASK_FAILED: ({ meetingTitle, taskKind, reason, code }) => {
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
      body: REASONS[code ?? ''] ?? reason ?? '원인을 알 수 없습니다.',
    };
  },
  WEBHOOK_DISABLED: ({ host }) => ({
    title: `${host} 웹훅이 꺼졌습니다`,
    body: '며칠 동안 전송하지 못했습니다. 문제를 고친 뒤 설정에서 다시 켜 주세요.',
  }),
};

/** Of the codes that tasks fail with; what is not here is told as the task tells it. */
const REASONS: Readonly<Record<string, string>> = {
  UNREADABLE_CAPTIONS: '자막 파일을 읽을 수 없습니다. VTT, SRT, JSON 또는 텍스트 파일인지 확인해 주세요.',
  TOO_LARGE: '파일이 너무 큽니다.',
  NOT_FOUND: '작업할 대상이 더 이상 없습니다.',
  WRONG_STATE: '회의나 녹취록의 상태가 그사이에 바뀌어 작업할 수 없습니다.',
  CONSENT_REFUSED: '녹음에 동의하지 않은 참석자가 있습니다.',
  STT_NOT_CONFIGURED: '음성 인식이 설정되어 있지 않습니다. 녹음은 그대로 보관됩니다.',
  UNREADABLE_RECORDING: '녹음 파일이 손상되었거나 변환할 수 없는 형식입니다.',
  NO_SPEECH: '녹음에서 말소리를 찾지 못했습니다.',
  PROVIDER_REFUSED: '외부 서비스가 요청을 거부했습니다. 관리자에게 알려 주세요.',
  PROVIDER_ANSWER: '외부 서비스의 응답을 사용할 수 없었습니다.',
  BUDGET_SPENT: '이번 달 언어 모델 토큰을 모두 사용했습니다.',
  LLM_NOT_CONFIGURED: '언어 모델이 설정되어 있지 않습니다.',
  UNAVAILABLE: '필요한 서비스에 연결하지 못했습니다. 잠시 뒤 다시 시도해 주세요.',
  TIMEOUT: '정해진 시간 안에 끝나지 않았습니다.',
  CRASH_LOOP: '작업이 여러 번 중단되었습니다. 관리자에게 알려 주세요.',
  INTERNAL: '내부 오류가 발생했습니다. 관리자에게 알려 주세요.',
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
  return actionItems === 0 ? '검토할 할 일이 없습니다.' : `할 일 ${actionItems}건이 제안되었습니다.`;
}
