export { OUTBOX_KEEP_HOURS } from './kept-messages.ts';
export { addEvent, addMessage, eventHeaders, type OutboxEvent, type OutboxMessage } from './outbox.ts';
export { type Relay, type RelayDeps, startRelay } from './relay.ts';
