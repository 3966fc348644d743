export { changeTask, type TaskChange } from './change-task.ts';
export { type CancelOutcome, requestCancel, restartTask, retellTasks } from './control.ts';
export { type EnqueueOptions, enqueueTask, findTaskByKey } from './enqueue.ts';
export { defineSchedule, nextFireAt, type Schedule } from './schedule.ts';
export { type Scheduler, type SchedulerDeps, startScheduler } from './scheduler.ts';
export { type SagaStepOf, tellSaga } from './saga-step.ts';
export { startSweeper, type Sweeper, type SweeperOptions } from './sweeper.ts';
export {
  DEFAULT_TASK_POLICY,
  defineTask,
  type Effects,
  type Job,
  type Lane,
  LANES,
  type TaskDefinition,
  type TaskPolicy,
  type TaskResult,
} from './task-kind.ts';
export {
  queryTasks,
  snapshotOf,
  type TaskFailure,
  type TaskRow,
  type TaskState,
} from './task-row.ts';
export { cancelSubject, startWorkers, type WorkerDeps, type Workers } from './worker.ts';
