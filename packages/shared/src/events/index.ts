export { type EventConsumers, startEventConsumers } from './consume-events.ts';
export { type EventHandler, type EventSubscription, onEvent, type ReceivedEvent } from './event-handler.ts';
export type { EventConsumerDeps, EventRetryPolicy } from './handle-event.ts';
