import type { Results } from '../tasks/measures.ts';
import { faultOf, type Session } from './session.ts';
import { sendInWindows } from './throughput.ts';
import { usageOf } from './usage.ts';

/** Events through one subscription. */
export interface EnduranceLoad {
  readonly events: number;
}

const MIB = 1_024 * 1_024;
/** Between the first tenth, when everything is compiled, and the end. A heap that does not grow swings by half of it. */
const GROWTH_BYTES = 8 * MIB;

/** Many events through one subscription, as fast as they are taken: memory after a tenth, half and all, order and count. */
export async function measureEndurance(session: Session, { events }: EnduranceLoad): Promise<Results> {
  const { gateway } = session;
  const audience = await session.open({ shape: 'key-only' });
  const results: Results = {};
  const heaps: number[] = [];
  let sent = 0;
  for (const mark of [events / 10, events / 2, events]) {
    if (!(await sendInWindows(audience, sent, mark))) break;
    sent = mark;
    const { heapBytes, rssBytes } = await usageOf(gateway.child, true);
    heaps.push(heapBytes);
    results[`one subscription: heap after ${mark.toLocaleString('en-US')} events, MiB`] = heapBytes / MIB;
    results[`one subscription: RSS after ${mark.toLocaleString('en-US')} events, MiB`] = rssBytes / MIB;
  }
  const fault = faultOf(await audience.counts(), events);
  await audience.leave();
  const growth = (heaps.at(-1) ?? NaN) - (heaps[0] ?? NaN);
  if (fault !== null) session.fault(`${events} events through one subscription: ${fault}`);
  if (growth > GROWTH_BYTES)
    session.fault(
      `${Math.round(growth / MIB)} MiB more heap after ${events} events than after a tenth of them`,
    );
  return results;
}
