export { answerSubscription } from './answer-subscription.ts';
export { publishEvent, type TestEvent } from './publish-event.ts';
export { readEvents, type ToldEvents } from './read-events.ts';
export { type RecordedService, recordQueries } from './record-queries.ts';
export { requestDeletionStep } from './request-deletion-step.ts';
export { type RetentionScene, startRetentionScene } from './retention-scene.ts';
export { createTestDatabase, type TestDatabase, testNamespace, testServers } from './test-servers.ts';
export {
  deleteStreams,
  executeSigned,
  startTestService,
  TEST_SIGNING_KEY,
  type TestAnswer,
  type TestService,
  testViewer,
} from './test-service.ts';
export { until, type UntilOptions } from './until.ts';
