export {
  accessRevoked,
  actionItemAccepted,
  minutesCreated,
  minutesWithdrawn,
  notificationCreated,
  sectionChanged,
  todoChanged,
  todoCompleted,
  todoCreated,
  todoDue,
  todoStatusChanged,
  transcriptCreated,
  transcriptVerified,
  userCreated,
  userUpdated,
} from './domain-events.ts';
export { defineEvent, type EventContract, type EventPayload, reference } from './event-contract.ts';
export {
  MEETING_EVENTS,
  MEETING_STATUSES,
  meetingCancelled,
  type MeetingChange,
  meetingChange,
  meetingCreated,
  meetingDeleted,
  meetingEnded,
  type MeetingState,
  meetingStarted,
  meetingState,
  type MeetingStatus,
  meetingUpdated,
} from './meeting-events.ts';
export {
  type SagaStepEnd,
  sagaStepEnded,
  type SagaStepRequest,
  sagaStepRequested,
} from './saga-events.ts';
export { taskCancelRequested, taskRetellRequested, taskRetryRequested } from './task-commands.ts';
export {
  TASK_KINDS,
  TASK_PRIORITIES,
  TASK_STATUSES,
  taskChanged,
  type TaskKind,
  type TaskPriority,
  type TaskSnapshot,
  taskSnapshot,
  type TaskStatus,
} from './task-events.ts';
