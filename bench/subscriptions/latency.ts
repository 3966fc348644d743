import { setTimeout as pause } from 'node:timers/promises';
import { quantile, type Results } from '../tasks/measures.ts';
import { warmUp } from './delivery.ts';
import { type Audience, faultOf, type Session } from './session.ts';
import { usageOf } from './usage.ts';

const PER_SECOND = 100;

interface Turn {
  readonly session: Session;
  readonly audience: Audience;
  readonly stored: number[];
  sent: number;
}

/**
 * Key-only events, one at a time, to all gateways in turn: whatever else this machine does falls upon all of them alike, so their
 * ratios hold where the values do not. Once with the next event as soon as the last one has come, and once 100 a second in all.
 */
export async function measureLatency(
  sessions: readonly Session[],
  events: number,
): Promise<ReadonlyMap<Session, Results>> {
  const turns: Turn[] = [];
  for (const session of sessions) {
    const audience = await session.open({ shape: 'key-only' });
    turns.push({ session, audience, stored: [], sent: await warmUp(audience) });
  }
  const results = new Map<Session, Results>();
  const take = async (name: string, intervalMs: number): Promise<void> => {
    const before = await Promise.all(turns.map(async ({ session }) => await usageOf(session.gateway.child)));
    await inTurns(turns, events, intervalMs);
    for (const [index, turn] of turns.entries()) {
      const { cpuMicros } = await usageOf(turn.session.gateway.child);
      const cpu = (cpuMicros - (before[index]?.cpuMicros ?? NaN)) / events;
      results.set(turn.session, { ...results.get(turn.session), ...(await timesOf(turn, name, cpu)) });
    }
  };
  await take('one at a time', 0);
  await take(`in turn, ${PER_SECOND} a second`, 1_000 / PER_SECOND);
  // Those who watch the same subgraph count each other, so the last one goes first.
  for (const { session, audience, sent } of turns.toReversed()) {
    const fault = faultOf(await audience.counts(), sent);
    if (fault !== null) session.fault(`one at a time: ${fault}`);
    await audience.leave();
  }
  return results;
}

async function inTurns(turns: readonly Turn[], events: number, intervalMs: number): Promise<void> {
  let due = performance.now();
  for (let event = 0; event < events; event += 1) {
    for (const turn of turns) {
      due += intervalMs;
      if (intervalMs > 0) await pause(Math.max(0, due - performance.now()));
      const calledAt = performance.now();
      turn.sent += 1;
      await turn.audience.publish();
      turn.stored.push(performance.now() - calledAt);
      await turn.audience.untilReceived(turn.sent);
    }
  }
}

async function timesOf({ session, audience, stored }: Turn, name: string, cpu: number): Promise<Results> {
  const times = await audience.latencies();
  const waits = stored.splice(0);
  return {
    [`${name}: publish to client p50, ms`]: quantile(times, 0.5),
    [`${name}: publish to client p90, ms`]: quantile(times, 0.9),
    ...(session.contender.stored
      ? { [`${name}: of that, until it is stored p50, ms`]: quantile(waits, 0.5) }
      : {}),
    [`${name}: gateway CPU per event, µs`]: cpu,
  };
}
