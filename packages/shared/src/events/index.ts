export { type EventConsumerDeps, type EventConsumers, startEventConsumers } from './consume-events.ts';
export { type EventHandler, type EventSubscription, onEvent, type ReceivedEvent } from './event-handler.ts';
