import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKOUT_STATE_DIR } from '../scripts/infra/infrastructure.ts';
import { withLock } from '../scripts/lock.mjs';
import type { Outcome } from './experiment.ts';
import { FAULTS, listExperiments } from './experiments.ts';
import { type Fault, inSequence } from './fault.ts';
import { runFault } from './run-fault.ts';
import { type BreakableServers, startServers } from './servers.ts';

const LIMIT_MS = 120_000;
const FOLDER = 'chaos-test';

/** The experiments of `npm run chaos` in their brief form, on servers that nobody else uses. */
describe('a service under faults loses nothing and does nothing twice', { timeout: LIMIT_MS }, () => {
  let servers: BreakableServers;
  const started = Promise.withResolvers<void>();
  const finished = Promise.withResolvers<void>();
  let held: Promise<void>;

  beforeAll(async () => {
    held = withLock(`${CHECKOUT_STATE_DIR}/${FOLDER}.lock`, async () => {
      servers = await startServers(FOLDER, () => undefined, AbortSignal.timeout(LIMIT_MS));
      started.resolve();
      await finished.promise;
      await servers.remove();
    });
    await Promise.race([started.promise, held]);
  }, LIMIT_MS);
  afterAll(async () => {
    finished.resolve();
    await held;
  }, LIMIT_MS);

  const sequence = (...ids: readonly string[]): Fault =>
    inSequence(
      ids.join(' '),
      FAULTS.filter(({ id }) => ids.includes(id)),
    );
  /** The numbers of the table, as they must be. */
  const verdictOf = (outcome: Outcome): object => {
    const { accepted, terminal, lost, duplicated, findings, recoverySeconds } = outcome;
    const recovered = recoverySeconds !== null;
    return { accepted: accepted > 0, open: accepted - terminal, lost, duplicated, findings, recovered };
  };
  const SOUND = { accepted: true, open: 0, lost: 0, duplicated: 0, findings: [], recovered: true };

  it.concurrent.for([
    ['its workers are killed or freeze beyond their lease', sequence('E1', 'E3')],
    ['its workers die at every point between commit and acknowledgement', sequence('E2')],
    ['a replica is cut off from NATS and PostgreSQL, or waits for them in vain', sequence('E18', 'E18b')],
    ['events come twice, late and out of order, and are all replayed', sequence('E20', 'E19')],
    ['its replicas disagree about the time', sequence('E22')],
  ] as const)('while %s', async ([_what, fault], context) => {
    const obstacle = await fault.obstacle?.();
    if (obstacle !== undefined) return context.skip(obstacle);
    expect(verdictOf(await runFault(servers, fault, 'brief'))).toEqual(SOUND);
  });

  it.each([
    ['poison of every kind is asked of it', sequence('E21')],
    ['Redis, PostgreSQL and NATS are killed, NATS for long', sequence('E6', 'E10', 'E13', 'E7')],
    ['all of JetStream is deleted before anyone has read it', sequence('E9b')],
  ])('while %s', async (_what, fault) => {
    expect(verdictOf(await runFault(servers, fault, 'brief'))).toEqual(SOUND);
  });

  it('while PostgreSQL is frozen, out of connections, or a hot table is locked', async () => {
    expect(verdictOf(await runFault(servers, sequence('E11'), 'brief'))).toEqual(SOUND);
  });

  // The other rows have a brief form too: `npm run chaos -- --brief`.
  it.for([
    ['E12', 'the disk of PostgreSQL is full'],
    ['E4', 'the gateway is killed under its subscribers'],
    ['E5', 'two gateways are restarted one after the other'],
    ['E14', 'a subgraph is killed'],
    ['E15', 'a subgraph is late or silent'],
    ['E17', 'connections are lost or narrow'],
    ['E24', 'a thousand sockets come back at once'],
    ['E25', 'clients never read'],
    ['E27', 'the gateway has no descriptor left'],
  ] as const)('%s: while %s', async ([id], context) => {
    const experiment = listExperiments().find((one) => one.id === id);
    const obstacle = await experiment?.obstacle?.();
    if (obstacle !== undefined) return context.skip(obstacle);
    expect(verdictOf((await experiment?.run(servers, 'brief')) as Outcome)).toEqual(SOUND);
  });
});
