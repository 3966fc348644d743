export { deleteOvertaking, isFiller, passBrokenEnd } from './broken-end.ts';
export { connectMessaging, type Messaging, type MessagingOptions } from './connection.ts';
export { ensureConsumer } from './consumers.ts';
export { countMessages } from './count-messages.ts';
export { headerText, publishDeadLetter } from './dead-letters.ts';
export { messageHeaders } from './message-headers.ts';
export { findMissing } from './missing-messages.ts';
export { type ReadSince, readSince } from './read-since.ts';
export { deadLetterStream, ensureStreams, findStream, streamNames } from './streams.ts';
export {
  deadLetterSubject,
  type EventAddress,
  eventSubject,
  qualify,
  taskSubject,
  token,
  unqualify,
} from './subjects.ts';
