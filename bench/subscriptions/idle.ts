import { until } from '@hoerok/shared/testing';
import { quantile, type Results } from '../tasks/measures.ts';
import { type Session, watchingOf } from './session.ts';
import { usageOf } from './usage.ts';

/** Sockets that have one subscription each and hear nothing. */
export interface IdleLoad {
  readonly sockets: number;
  /** Whether each watches a list of its own; otherwise all watch the same. */
  readonly ownLists: boolean;
}

const USERS = 100;
const WARM_UP_SOCKETS = 50;
const PINGS = { count: 1_000, perSecond: 200 };
const KIB = 1_024;
/** What may stay behind when all have left: code that was compiled, caches, the allocator's own. */
const LEFT_OVER_BYTES = 4 * 1_024 * KIB;
const LEFT_OVER_SHARE = 0.1;
/** What is back at zero when nobody is there. */
const GAUGES = ['hoerok_gateway_subjects', 'hoerok_gateway_subscriptions', 'hoerok_gateway_websockets'];

/** Memory per idle socket, round trip of pings, and what is left of it all when everybody has gone. */
export async function measureIdle(session: Session, { sockets, ownLists }: IdleLoad): Promise<Results> {
  const { gateway, stage } = session;
  // Everything is loaded and compiled once before memory is looked at.
  const first = await session.open({ shape: 'key-only', sockets: WARM_UP_SOCKETS, lists: 10 });
  await first.publish();
  await first.untilReceived(1);
  await first.leave();
  const before = { ...(await usageOf(gateway.child, true)), open: await openThings(session) };
  const lists = ownLists ? sockets : 1;
  const startedAt = performance.now();
  const audience = await session.open({ shape: 'key-only', sockets, users: USERS, lists });
  const openedPerSecond = (1_000 * sockets) / (performance.now() - startedAt);
  const idle = await usageOf(gateway.child, true);
  const upstream = session.contender.field === 'taskWatched' ? (await watchingOf(stage)).sockets : 0;
  const trips = await audience.ping(PINGS);
  const counts = await audience.counts();
  await audience.leave();
  if (counts.ended > 0) session.fault(`${counts.ended} of ${sockets} idle sockets have ended`);
  const name = `${sockets.toLocaleString('en-US')} idle sockets, ${ownLists ? 'a list each' : 'one list'}`;
  const taken = idle.heapBytes - before.heapBytes;
  const left = await leftOver(session, before, taken);
  return {
    [`${name}: opened/s`]: openedPerSecond,
    [`${name}: RSS per socket, KiB`]: (idle.rssBytes - before.rssBytes) / sockets / KIB,
    [`${name}: heap per socket, KiB`]: taken / sockets / KIB,
    [`${name}: ping p50, ms`]: quantile(trips, 0.5),
    [`${name}: ping p99, ms`]: quantile(trips, 0.99),
    [`${name}: sockets to the subgraph`]: upstream,
    [`${name}: after all have left, heap still held, %`]: (100 * left.heapBytes) / taken,
    ...(left.open === null
      ? {}
      : { [`${name}: after all have left, topics, subscriptions and sockets`]: left.open }),
  };
}

interface LeftOver {
  /** More than there was before. */
  readonly heapBytes: number;
  /** `null` for a gateway that does not say. */
  readonly open: number | null;
}

// Topics, subscriptions and sockets. The gateway itself listens to a topic too: whose access has ended.
async function openThings({ gateway: { metric } }: Session): Promise<number | null> {
  if (metric === null) return null;
  const gauges = await Promise.all(GAUGES.map(metric));
  return gauges.reduce((sum, value) => sum + value, 0);
}

async function leftOver(session: Session, before: LeftOver, taken: number): Promise<LeftOver> {
  const { child } = session.gateway;
  let [heapBytes, open]: [number, number | null] = [NaN, null];
  const isBack = async (): Promise<boolean> => {
    heapBytes = Math.max(0, (await usageOf(child, true)).heapBytes - before.heapBytes);
    const openNow = await openThings(session);
    open = openNow === null || before.open === null ? null : openNow - before.open;
    return (open ?? 0) === 0 && heapBytes <= Math.max(LEFT_OVER_BYTES, taken * LEFT_OVER_SHARE);
  };
  await until('everything to be as before', isBack, { deadlineMs: 30_000, intervalMs: 500 }).catch(() =>
    session.fault(
      `when all have left, ${Math.round(heapBytes / KIB)} KiB more heap than before and ${open ?? 'unknown'} things open`,
    ),
  );
  return { heapBytes, open };
}
