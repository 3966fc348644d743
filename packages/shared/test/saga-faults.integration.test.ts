import { describe, expect, it } from 'vitest';
import { PermanentError } from '../src/errors/index.ts';
import { createSagaScene, type SagaScene } from './saga-scene.ts';
import { NORTH, SOUTH } from './saga-services.ts';

describe('a saga whose processes are killed', () => {
  it.each([
    ['saga:before-commit', 0, 'forward'],
    ['saga:before-commit', 3, 'refused'],
    ['saga:after-end', 1, 'forward'],
    ['saga:after-accept', 1, 'forward'],
    ['saga:after-accept', 3, 'refused'],
    ['events:after-commit', 2, 'forward'],
    ['events:after-commit', 8, 'refused'],
    ['task:after-claim', 0, 'forward'],
    ['task:before-commit', 2, 'forward'],
    ['task:before-commit', 4, 'refused'],
    ['outbox:after-publish', 3, 'refused'],
  ])('at %s after %i times ends as if nothing had happened (%s)', async (crashAt, survived, way) => {
    await using scene = await createSagaScene();
    const payload = { name: `crash-${way}`, tasks: 1, pivot: false };
    expect(await scene.crash(payload, crashAt, survived)).toBe('SIGKILL');
    await replayEverything(scene);
    if (way === 'refused')
      scene.obstacles.set(payload.name, async (place) => {
        if (place === 'south.arrive.DO') throw new PermanentError('WRONG_STATE', 'No.');
      });
    await scene.start(SOUTH);
    await scene.start(NORTH);
    // The client that got no answer asks again.
    const { id } = await scene.begin(payload.name, payload);
    const effects = ['north.task-0.DO', 'north.go.DO', 'south.go.DO'];
    const rest =
      way === 'refused' ? ['north.go.UNDO', 'south.go.UNDO', 'north.take-back.UNDO'] : ['south.arrive.DO'];
    expect((await scene.ended(id)).state).toBe(way === 'refused' ? 'FAILED' : 'COMPLETED');
    expect((await scene.effects(payload.name)).toSorted()).toEqual([...effects, ...rest].toSorted());
  });
});

/** Time passes: leases run out, and new consumers get every message once more. */
async function replayEverything(scene: SagaScene): Promise<void> {
  const { streams, consumers } = scene.messaging.manager;
  for await (const { config } of streams.list()) {
    if (!config.name.startsWith(scene.namespace)) continue;
    for await (const { name } of consumers.list(config.name)) await consumers.delete(config.name, name);
  }
  for (const service of [NORTH, SOUTH])
    await scene.sql(
      service,
      `UPDATE task SET woken_at = woken_at - interval '1 hour', lease_until = lease_until - interval '1 hour'`,
    );
}
