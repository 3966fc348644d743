import type { z } from 'zod';
import type { TaskKind } from '../contracts/index.ts';
import type { Effects, Job, Lane, TaskDefinition } from '../tasks/index.ts';

/**
 * A piece of work over several services that ends in one of two ways: all of it has happened, or what had happened was
 * undone. For clients it is one ordinary `Task` of this kind, with progress, cancellation and retry.
 *
 * Stages run one after the other, the steps of a stage side by side. Every step is a task with attempts, backoff and a
 * deadline of its own, and takes effect together with its end or not at all; so only steps that have COMPLETED are
 * undone, stage by stage in reverse, and only once no step is under way.
 */
export interface SagaDefinition<P = unknown> {
  readonly kind: TaskKind;
  readonly payload: z.ZodType<P>;
  /** Services whose participants do or undo a step, its own too when it has some. */
  readonly participants: readonly string[];
  /** Kinds of its own service's tasks that are steps. @default none */
  readonly tasks?: readonly TaskDefinition[];
  readonly stages: readonly SagaStage<P>[];
  /** @default {@link DEFAULT_SAGA_POLICY} */
  readonly policy?: Partial<SagaPolicy>;
}

/** How a kind of saga is bounded and repaired. */
export interface SagaPolicy {
  /** Unfinished sagas of this kind in one workspace; one more is refused with `QUEUE_FULL`. */
  readonly maxUnfinished: number;
  /** What a refused client is told. */
  readonly retryAfterSeconds: number;
  /** Delay of a step that must succeed and has failed; doubles with every failure, with full jitter. */
  readonly backoffBaseMs: number;
  readonly backoffMaxMs: number;
  /** A step that has not ended after this time is requested again, lest a message was lost. */
  readonly repairAfterMs: number;
}

/** Policy of a saga that has no reason for its own. */
export const DEFAULT_SAGA_POLICY: SagaPolicy = Object.freeze({
  maxUnfinished: 100,
  retryAfterSeconds: 30,
  backoffBaseMs: 5_000,
  backoffMaxMs: 300_000,
  repairAfterMs: 60_000,
});

/** Steps that run side by side. */
export interface SagaStage<P = unknown> {
  /** What the task says while the stage runs: `<name> k/n`. */
  readonly name: string;
  /** Asked once, when the saga starts; what it answers is stored. Ids are unique within the saga. */
  steps(payload: P): readonly SagaStep[];
  /** Steps under way at a time. @default 10 */
  readonly width?: number;
  /** What a failed step means. CONTINUE leaves it out and goes on; without effect after the pivot. @default 'COMPENSATE' */
  readonly onFailure?: 'COMPENSATE' | 'CONTINUE';
  /**
   * From the start of this stage on there is no way back: its steps and those of later stages are requested again until
   * they succeed, and cancellation is ignored. A step that may still refuse belongs into a stage before it. @default false
   */
  readonly pivot?: boolean;
}

/** One step, as {@link participantStep} or {@link taskStep} makes it. */
export type SagaStep = ParticipantStep | TaskStep;

/** A step that the participant of a service does, and undoes. */
export interface ParticipantStep {
  /** Letters, digits, `_` and `-`. */
  readonly id: string;
  readonly service: string;
  /** Name of the participant. */
  readonly step: string;
  /** JSON; the participant decodes it. */
  readonly input: object;
}

/** A step that is a task of the saga's own service. */
export interface TaskStep {
  readonly id: string;
  readonly task: TaskKind;
  readonly payload: unknown;
  readonly lane: Lane;
  readonly meetingId: string | null;
  readonly watchers: readonly string[];
  /** Name of the participant of the same service that undoes it, with `input`; null when there is nothing to undo. */
  readonly undo: { readonly step: string; readonly input: object } | null;
}

/** A step of another service, or of the own one. @param step.id defaults to `<service>-<step>` */
export function participantStep(step: {
  readonly service: string;
  readonly step: string;
  readonly input: object;
  readonly id?: string;
}): ParticipantStep {
  return { id: `${step.service}-${step.step}`, ...step };
}

/** A step that is one of the service's own tasks; the definition is listed in `tasks` of the saga. */
export function taskStep<P>(
  task: TaskDefinition<P>,
  step: {
    readonly id: string;
    readonly payload: P;
    /** @default 'low': people who wait go first */
    readonly lane?: Lane;
    readonly meetingId?: string | null;
    readonly watchers?: readonly string[];
    readonly undo?: { readonly step: string; readonly input: object };
  },
): TaskStep {
  const { lane = 'low', meetingId = null, watchers = [], undo = null } = step;
  return { id: step.id, payload: step.payload, task: task.kind, lane, meetingId, watchers, undo };
}

/** What a participant gets: one attempt at doing or undoing its step. */
export interface SagaJob<D> extends Job<D> {
  /** Id of the saga, which is the id of its task. */
  readonly sagaId: string;
  /** Who asked for the saga. */
  readonly requestedBy: string | null;
  /** What the step's effects returned when it was done; null while it is being done. */
  readonly result: Readonly<Record<string, unknown>> | null;
}

/**
 * How one service takes part in a saga: one file in `src/sagas/` for one step. It runs as a task of the kind SAGA_STEP: slow
 * work first, then {@link Effects} in the transaction that also tells the saga.
 *
 * An UNDO comes only after its DO has COMPLETED, and each of them takes effect once; both must bear that the world has moved
 * on in between. A DO before the pivot that throws `PermanentError`, or fails as often as it may, makes the saga undo; an UNDO,
 * and a DO after the pivot, is requested again for ever.
 */
export interface SagaParticipant<D = unknown> {
  /** The saga and the service that orchestrates it. */
  readonly saga: { readonly kind: TaskKind; readonly service: string };
  readonly step: string;
  readonly input: z.ZodType<D>;
  /** @default nothing; for a participant that undoes a task step */
  run?(job: SagaJob<D>): Promise<Effects>;
  /** @default nothing */
  undo?(job: SagaJob<D>): Promise<Effects>;
}

/** Declares a saga; list it in `sagas` of the service that orchestrates it. */
export function defineSaga<P>(definition: SagaDefinition<P>): SagaDefinition<P> {
  return Object.freeze(definition);
}

/** Declares a participant; list it in `sagaParticipants` of its service. */
export function defineSagaParticipant<D>(participant: SagaParticipant<D>): SagaParticipant<D> {
  return Object.freeze(participant);
}
