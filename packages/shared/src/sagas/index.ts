export { createOrchestrator, type Orchestrator } from './orchestrate.ts';
export { createParticipation, type Participation } from './participate.ts';
export { readSagaSteps, type SagaStepStanding } from './read-saga-steps.ts';
export {
  DEFAULT_SAGA_POLICY,
  defineSaga,
  defineSagaParticipant,
  type ParticipantStep,
  participantStep,
  type SagaDefinition,
  type SagaJob,
  type SagaParticipant,
  type SagaPolicy,
  type SagaStage,
  type SagaStep,
  type TaskStep,
  taskStep,
} from './saga.ts';
export { startSagaCare } from './saga-care.ts';
export { restartSaga, type SagaOptions, startSaga } from './start-saga.ts';
