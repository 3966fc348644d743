import { quantile, type Results } from '../tasks/measures.ts';
import { faultOf, type Session } from './session.ts';
import { usageOf } from './usage.ts';

/** How many watch, and how much happens. */
export interface CrowdLoad {
  readonly subscribers: number;
  readonly events: number;
}

const WARM_UP_EVENTS = 5;

/**
 * Many subscribers of the same thing, one fetch per event: as one user, or each as a user of its own. One event after the
 * other; each is delivered to all before the next one comes.
 */
export async function measureCrowd(
  session: Session,
  { subscribers, events }: CrowdLoad,
  who: 'one user' | 'different users',
): Promise<Results> {
  const { gateway, stage } = session;
  const users = who === 'one user' ? 1 : subscribers;
  const audience = await session.open({ shape: '1 fetch', sockets: subscribers, users });
  const tell = async (from: number, to: number): Promise<void> => {
    for (let event = from; event < to; event += 1) {
      await audience.publish();
      await audience.untilReceived((event + 1) * subscribers);
    }
  };
  await tell(0, WARM_UP_EVENTS);
  await audience.latencies();
  const [cpuBefore, fetchesBefore] = [
    await usageOf(gateway.child),
    await stage.subgraphs.ask<number>('fetches'),
  ];
  await tell(WARM_UP_EVENTS, WARM_UP_EVENTS + events);
  const [cpuAfter, fetchesAfter] = [
    await usageOf(gateway.child),
    await stage.subgraphs.ask<number>('fetches'),
  ];
  const times = await audience.latencies();
  const counts = await audience.counts();
  await audience.leave();
  const fault = faultOf(counts, (WARM_UP_EVENTS + events) * subscribers);
  const name = `${subscribers} subscribers, ${who}, 1 fetch`;
  if (fault !== null) session.fault(`${name}: ${fault}`);
  return {
    [`${name}: gateway CPU per delivery, µs`]:
      (cpuAfter.cpuMicros - cpuBefore.cpuMicros) / (events * subscribers),
    [`${name}: fetches per event`]: (fetchesAfter - fetchesBefore) / events,
    [`${name}: publish to client p50, ms`]: quantile(times, 0.5),
    [`${name}: publish to client p99, ms`]: quantile(times, 0.99),
  };
}
