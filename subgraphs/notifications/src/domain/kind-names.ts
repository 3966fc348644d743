import type { Language, NotificationKind } from './notification-kind.ts';

/** What e-mails of a kind are about, as one says “e-mails about …” and “… 메일”. */
export const KIND_NAMES: Readonly<Record<NotificationKind, Readonly<Record<Language, string>>>> = {
  MEETING_CREATED: { en: 'new meetings', ko: '회의 초대' },
  MEETING_CANCELED: { en: 'canceled meetings', ko: '회의 취소' },
  MEETING_ENDED: { en: 'meetings that have ended', ko: '회의 종료' },
  MEETING_SHARED: { en: 'meetings that are shared with you', ko: '회의 공유' },
  TRANSCRIPT_READY: { en: 'new transcripts', ko: '녹취록 준비' },
  VERIFICATION_REQUESTED: { en: 'transcripts to verify', ko: '녹취록 확인 요청' },
  TRANSCRIPT_VERIFIED: { en: 'verified transcripts', ko: '녹취록 확정' },
  SECTION_DISPUTED: { en: 'disputed transcripts', ko: '녹취록 이의' },
  SECTION_COMMENTED: { en: 'comments on transcripts', ko: '녹취록 의견' },
  MINUTES_READY: { en: 'new minutes', ko: '회의록 준비' },
  TODO_ASSIGNED: { en: 'todos that are given to you', ko: '할 일 배정' },
  TODO_STATUS_CHANGED: { en: 'changed todos', ko: '할 일 상태 변경' },
  TODO_COMPLETED: { en: 'completed todos', ko: '할 일 완료' },
  TODO_DUE: { en: 'todos that are due', ko: '할 일 기한' },
  TASK_FAILED: { en: 'work that has failed', ko: '작업 실패' },
  WEBHOOK_DISABLED: { en: 'webhooks that are switched off', ko: '웹훅 중지' },
};
