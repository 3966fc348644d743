import type { MigrationInterface, QueryRunner } from 'typeorm';
import { z } from 'zod';
import type { ServiceConfig } from '../src/config/index.ts';
import { createDataSource } from '../src/database/index.ts';
import {
  defineSaga,
  defineSagaParticipant,
  participantStep,
  type SagaDefinition,
  type SagaJob,
  type SagaParticipant,
  taskStep,
} from '../src/sagas/index.ts';
import type { Platform, ServiceDefinition } from '../src/service/index.ts';
import { defineTask, type TaskDefinition } from '../src/tasks/index.ts';
import { QUICK } from './test-tasks.ts';

/** The two services of the saga tests: `north` orchestrates and takes part, `south` takes part. */
export const NORTH = 'north';
export const SOUTH = 'south';

const payload = z.object({ name: z.string(), tasks: z.number().int(), pivot: z.boolean() });
export type JourneyPayload = z.output<typeof payload>;
const input = z.object({ name: z.string() });

/** What a participant does before it takes effect: may wait, or throw. `place` is `<service>.<step>.<DO or UNDO>`. */
export type Obstacle = (place: string, job: Pick<SagaJob<unknown>, 'signal' | 'attempt'>) => Promise<void>;

class CreateEffects1800000000001 implements MigrationInterface {
  readonly name = 'CreateEffects1800000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE effect (id serial PRIMARY KEY, name text, place text, at timestamptz)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

/** Leaves a row for each effect; the obstacle of the saga's name comes first. */
function traveller(obstacles: ReadonlyMap<string, Obstacle>, service: string, step: string): SagaParticipant {
  const act = async (
    action: string,
    job: SagaJob<{ name: string }>,
  ): ReturnType<SagaParticipant['run'] & {}> => {
    const place = `${service}.${step}.${action}`;
    await obstacles.get(job.payload.name)?.(place, job);
    return async (tx) => {
      const sql = 'INSERT INTO effect (name, place, at) VALUES ($1, $2, clock_timestamp())';
      await tx.query(sql, [job.payload.name, place]);
      return { from: place, after: job.result };
    };
  };
  return defineSagaParticipant({
    saga: { kind: 'MEETING_DELETION', service: NORTH },
    step,
    input,
    run: (job) => act('DO', job),
    undo: (job) => act('UNDO', job),
  }) as SagaParticipant;
}

/** The saga of the tests: `tasks` tasks of north, then both services side by side, then south alone. */
export function journey(obstacles: ReadonlyMap<string, Obstacle>): {
  readonly saga: SagaDefinition<JourneyPayload>;
  readonly task: TaskDefinition;
} {
  const task = defineTask({
    kind: 'MINUTES',
    payload: z.object({ name: z.string(), number: z.number() }),
    policy: {
      ...QUICK,
      slots: { high: 0, normal: 0, low: 3 },
      maxAttempts: 2,
      maxWaiting: 5,
      retryAfterSeconds: 1,
    },
    run: async ({ payload: { name, number }, signal, attempt }) => {
      const place = `${NORTH}.task-${number}.DO`;
      await obstacles.get(name)?.(place, { signal, attempt });
      return async (tx) => {
        const sql = 'INSERT INTO effect (name, place, at) VALUES ($1, $2, clock_timestamp())';
        await tx.query(sql, [name, place]);
        return { number };
      };
    },
  });
  const saga = defineSaga<JourneyPayload>({
    kind: 'MEETING_DELETION',
    payload,
    tasks: [task],
    participants: [NORTH, SOUTH],
    policy: { backoffBaseMs: 50, backoffMaxMs: 200, repairAfterMs: 1_000, maxUnfinished: 1_000 },
    stages: [
      {
        name: 'tasks',
        width: 2,
        onFailure: 'CONTINUE',
        steps: ({ name, tasks }) =>
          Array.from({ length: tasks }, (_, number) =>
            taskStep(task, {
              id: `task-${number}`,
              payload: { name, number },
              undo: { step: 'take-back', input: { name } },
            }),
          ),
      },
      {
        name: 'both',
        steps: ({ name }) =>
          [NORTH, SOUTH].map((service) => participantStep({ service, step: 'go', input: { name } })),
      },
      {
        name: 'south',
        steps: ({ name, pivot }) =>
          pivot ? [] : [participantStep({ service: SOUTH, step: 'arrive', input: { name } })],
      },
      {
        name: 'beyond',
        pivot: true,
        steps: ({ name, pivot }) =>
          pivot ? [participantStep({ service: SOUTH, step: 'arrive', input: { name } })] : [],
      },
    ],
  });
  return { saga, task: task as TaskDefinition };
}

/** One of the two services; `captured` gets its platform. */
export function sagaService(
  service: string,
  obstacles: ReadonlyMap<string, Obstacle>,
  captured: (platform: Platform) => void = () => undefined,
): ServiceDefinition<ServiceConfig, object> {
  const { saga, task } = journey(obstacles);
  const steps = service === NORTH ? ['take-back', 'go'] : ['go', 'arrive'];
  return {
    name: service,
    schema: new URL('./saga-service.graphql', import.meta.url),
    createDataSource: (url) =>
      createDataSource({ url, entities: [], migrations: [CreateEffects1800000000001] }),
    build: (platform) => {
      captured(platform);
      const participants = steps.map((step) => traveller(obstacles, service, step));
      return {
        resolvers: {},
        createContext: () => ({}),
        tasks: service === NORTH ? [task] : [],
        sagas: service === NORTH ? [saga] : [],
        sagaParticipants: participants,
      };
    },
  };
}
