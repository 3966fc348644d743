/** Languages that notifications are written in. */
export type Language = 'en' | 'ko';

interface OfMeeting {
  readonly meetingTitle: string;
}

interface OfTodo {
  readonly todoTitle: string;
  /** Null without a meeting, and for a recipient who does not take part in it. */
  readonly meetingTitle: string | null;
}

interface Due {
  /** ISO 8601. */
  readonly dueAt: string;
  /** IANA name: that of the meeting, UTC without one. */
  readonly timeZone: string;
  /** True when the due date had passed when it was told of. */
  readonly late: boolean;
}

interface Scheduled extends OfMeeting {
  /** ISO 8601. */
  readonly scheduledStart: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** What each kind of notification is about, and the facts that its text is made of. */
export interface ParametersByKind {
  readonly MEETING_CREATED: Scheduled;
  readonly MEETING_ENDED: OfMeeting;
  readonly MEETING_CANCELED: Scheduled;
  readonly TRANSCRIPT_READY: OfMeeting & { readonly wordCount: number; readonly durationMs: number };
  readonly VERIFICATION_REQUESTED: OfMeeting;
  readonly TRANSCRIPT_VERIFIED: OfMeeting;
  readonly SECTION_DISPUTED: OfMeeting;
  readonly SECTION_COMMENTED: OfMeeting;
  /** What the share lets its holder do: READ, COMMENT or VERIFY. */
  readonly MEETING_SHARED: OfMeeting & { readonly access: string };
  readonly MINUTES_READY: OfMeeting & { readonly actionItemCount: number; readonly namesRecipient: boolean };
  readonly TODO_ASSIGNED: OfTodo;
  readonly TODO_COMPLETED: OfTodo;
  /** A status as the todos domain names them. */
  readonly TODO_STATUS_CHANGED: OfTodo & { readonly status: string };
  readonly TODO_DUE: OfTodo & Due;
  readonly TASK_FAILED: {
    readonly meetingTitle: string | null;
    /** A TaskKind, or one that is newer than this code. */
    readonly taskKind: string;
    /** As the task tells it; null when it does not. */
    readonly reason: string | null;
    /** Its error code; missing in notifications of before. */
    readonly code?: string | null;
  };
  /** Host of the address that was called. */
  readonly WEBHOOK_DISABLED: { readonly host: string };
}

/** What somebody is told of. */
export type NotificationKind = keyof ParametersByKind;

/** The text of a notification. */
export interface Text {
  readonly title: string;
  readonly body: string;
}

/** The texts of one language. */
export type Templates = {
  readonly [K in NotificationKind]: (parameters: ParametersByKind[K]) => Text;
};

/** Whole minutes of a length of time; what is there takes one at least. */
export function minutes(durationMs: number): number {
  return Math.max(1, Math.round(durationMs / 60_000));
}

/** What a notification is about. */
export interface SubjectReference {
  readonly __typename: 'Meeting' | 'Transcript' | 'Minutes' | 'Todo';
  readonly id: string;
}
