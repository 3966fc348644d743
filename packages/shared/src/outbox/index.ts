export { addEvent, addMessage, type OutboxEvent, type OutboxMessage } from './outbox.ts';
export { type Relay, type RelayDeps, startRelay } from './relay.ts';
