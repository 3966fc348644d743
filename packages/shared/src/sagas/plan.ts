import type { SagaStage } from './saga.ts';

/** RUNNING -> COMPLETED, or RUNNING -> COMPENSATING -> COMPENSATED. */
export type SagaState = 'RUNNING' | 'COMPENSATING' | 'COMPLETED' | 'COMPENSATED';

/** PLANNED -> DOING -> DONE or FAILED; DONE -> UNDOING -> UNDONE. What must succeed goes back one state when it fails. */
export type StepState = 'PLANNED' | 'DOING' | 'DONE' | 'FAILED' | 'UNDOING' | 'UNDONE';

/** The rules of a stage, as they are stored with the saga. */
export type StageRules = Required<Omit<SagaStage, 'steps'>>;

/** What the plan looks at in a step. */
export interface PlannedStep {
  readonly stage: number;
  readonly state: StepState;
  /** Its next try is not due yet. */
  readonly waiting: boolean;
}

/** What is to be done now; empty lists when the saga waits for ends that are to come. */
export interface Plan<S> {
  readonly state: SagaState;
  readonly start: readonly S[];
  readonly undo: readonly S[];
  /** Steps whose DO need not be finished. */
  readonly stop: readonly S[];
}

/** Says what follows from how the steps stand; `steps` are in the order of their stages. */
export function planNext<S extends PlannedStep>(
  state: SagaState,
  stages: readonly StageRules[],
  steps: readonly S[],
): Plan<S> {
  if (state === 'RUNNING' && steps.some((step) => isFatal(stages, step))) return turnBack(steps);
  if (state === 'RUNNING') return planForward(stages, steps);
  if (state === 'COMPENSATING') return planBackward(stages, steps);
  return { state, start: [], undo: [], stop: [] };
}

/** The plan that begins the compensation. */
export function turnBack<S extends PlannedStep>(steps: readonly S[]): Plan<S> {
  const stop = steps.filter((step) => step.state === 'DOING');
  return { state: 'COMPENSATING', start: [], undo: [], stop };
}

/** True once the pivot has begun: from then on every DO must succeed. */
export function isCommitted(stages: readonly StageRules[], steps: readonly PlannedStep[]): boolean {
  const current = currentStage(stages, steps);
  return stages.slice(0, current + 1).some(({ pivot }) => pivot);
}

/** True when a DO of the stage is repeated until it succeeds. */
export function mustSucceed(stages: readonly StageRules[], stage: number): boolean {
  return stages.slice(0, stage + 1).some(({ pivot }) => pivot);
}

/** Number of the first stage that is not over; the number of stages when all are. */
export function currentStage(stages: readonly StageRules[], steps: readonly PlannedStep[]): number {
  const open = steps.find((step) => !isSettled(stages, step));
  return open?.stage ?? stages.length;
}

function isSettled(stages: readonly StageRules[], { stage, state }: PlannedStep): boolean {
  return state === 'DONE' || (state === 'FAILED' && stages[stage]?.onFailure === 'CONTINUE');
}

function isFatal(stages: readonly StageRules[], { stage, state }: PlannedStep): boolean {
  return state === 'FAILED' && stages[stage]?.onFailure === 'COMPENSATE';
}

function planForward<S extends PlannedStep>(stages: readonly StageRules[], steps: readonly S[]): Plan<S> {
  const stage = currentStage(stages, steps);
  if (stage === stages.length) return { state: 'COMPLETED', start: [], undo: [], stop: [] };
  const start = pick(stages, steps, { stage, from: 'PLANNED', running: 'DOING' });
  return { state: 'RUNNING', start, undo: [], stop: [] };
}

function planBackward<S extends PlannedStep>(stages: readonly StageRules[], steps: readonly S[]): Plan<S> {
  const idle: Plan<S> = { state: 'COMPENSATING', start: [], undo: [], stop: [] };
  if (steps.some(({ state }) => state === 'DOING')) return idle;
  const last = steps.findLast(({ state }) => state === 'DONE' || state === 'UNDOING');
  if (last === undefined) return { ...idle, state: 'COMPENSATED' };
  const reversed = steps.toReversed();
  return { ...idle, undo: pick(stages, reversed, { stage: last.stage, from: 'DONE', running: 'UNDOING' }) };
}

function pick<S extends PlannedStep>(
  stages: readonly StageRules[],
  steps: readonly S[],
  wanted: { readonly stage: number; readonly from: StepState; readonly running: StepState },
): S[] {
  const inStage = steps.filter(({ stage }) => stage === wanted.stage);
  const running = inStage.filter(({ state }) => state === wanted.running).length;
  const free = Math.max(0, (stages[wanted.stage]?.width ?? 1) - running);
  return inStage.filter(({ state, waiting }) => state === wanted.from && !waiting).slice(0, free);
}
