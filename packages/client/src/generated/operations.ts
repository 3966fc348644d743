/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** What kind of long work a task is. */
export type TaskKind =
  /** Many transcripts become minutes: a task of its own for each. */
  | 'BULK_MINUTES'
  /** A meeting goes, with everything that was made of it. */
  | 'MEETING_DELETION'
  /** A transcript becomes minutes. */
  | 'MINUTES'
  /** One step of a larger task, in the service that does it. For ADMIN and MANAGER. */
  | 'SAGA_STEP'
  /** The appointments that were spoken of in a meeting become suggestions for the calendar. */
  | 'SCHEDULE'
  /** A recording becomes a transcript. */
  | 'TRANSCRIPTION'
  /** Captions, JSON or text become a transcript. */
  | 'TRANSCRIPT_IMPORT'
  /** A transcript is checked for gaps, overlaps, unknown speakers and what was hard to hear. */
  | 'TRANSCRIPT_VALIDATION';

/** The lane a task waits in; each lane has workers of its own. */
export type TaskPriority =
  | 'HIGH'
  | 'LOW'
  | 'NORMAL';

/** PENDING -> PROCESSING -> COMPLETED, FAILED or CANCELLED. */
export type TaskStatus =
  | 'CANCELLED'
  | 'COMPLETED'
  /** Ended for good; `error` says why. retryTask gives it new attempts. */
  | 'FAILED'
  /** Waits for a worker; when `nextAttemptAt` is there, for its next attempt. */
  | 'PENDING'
  /** A worker has it. */
  | 'PROCESSING';

export type WatchTaskSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type WatchTaskSubscription = { readonly taskUpdated: { readonly id: string, readonly kind: TaskKind, readonly status: TaskStatus, readonly priority: TaskPriority, readonly progress: number, readonly stage: string | null, readonly attempt: number, readonly maxAttempts: number, readonly revision: number, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly nextAttemptAt: string | null, readonly error: { readonly code: string, readonly message: string, readonly retryable: boolean } | null, readonly requestedBy: { readonly id: string } | null, readonly meeting: { readonly id: string } | null } };
