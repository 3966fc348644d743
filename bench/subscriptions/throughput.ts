import type { Results } from '../tasks/measures.ts';
import type { Shape } from './graph.ts';
import { type Audience, faultOf, type Session } from './session.ts';
import { usageOf } from './usage.ts';

/** So many are on their way at once: below what may wait for a reader that keeps up. */
export const WINDOW = 50;
const FORGET_EVERY = 1_000;

/** Events of one list as fast as one subscriber gets them: how many a second, and CPU of the gateway per event. */
export async function measureThroughput(session: Session, shape: Shape, events: number): Promise<Results> {
  const { gateway } = session;
  const audience = await session.open({ shape });
  await sendInWindows(audience, 0, events);
  const before = await usageOf(gateway.child);
  const startedAt = performance.now();
  await sendInWindows(audience, events, 2 * events);
  const seconds = (performance.now() - startedAt) / 1_000;
  const after = await usageOf(gateway.child);
  const fault = faultOf(await audience.counts(), 2 * events);
  await audience.leave();
  const name = `${shape}, ${WINDOW} on their way`;
  if (fault !== null) session.fault(`${name}: ${fault}`);
  return {
    [`${name}: events/s`]: events / seconds,
    [`${name}: gateway CPU per event, µs`]: (after.cpuMicros - before.cpuMicros) / events,
  };
}

/** Publishes until `to` events are sent, each window when the one before has come; false when one does not come. */
export async function sendInWindows(audience: Audience, from: number, to: number): Promise<boolean> {
  for (let sent = from + WINDOW; sent <= to; sent += WINDOW) {
    await Promise.all(Array.from({ length: WINDOW }, async () => await audience.publish()));
    const { received } = await audience.untilReceived(sent);
    // Their times are not looked at here, so they are not kept either.
    if (sent % FORGET_EVERY === 0) await audience.latencies();
    if (received < sent) return false;
  }
  return true;
}
