export { durablesOf, type EventConsumers, type EventDurable, startEventConsumers } from './consume-events.ts';
export type { DeadLetter, DeadLetterHandler } from './dead-letter.ts';
export { type EventHandler, type EventSubscription, onEvent, type ReceivedEvent } from './event-handler.ts';
export type { EventConsumerDeps, EventRetryPolicy } from './handle-event.ts';
export { INBOX_KEEP_DAYS } from './inbox.ts';
