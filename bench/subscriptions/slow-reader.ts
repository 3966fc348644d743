import type { Results } from '../tasks/measures.ts';
import { pace, type Pace } from './delivery.ts';
import type { Session } from './session.ts';
import { usageOf } from './usage.ts';

const MIB = 1_024 * 1_024;
const NOTE = 'n'.repeat(4_096);
const READ_ON_MS = 120_000;

/**
 * A client that stops reading its socket while events of 4 KiB come, and then reads on: what it gets of them, and the memory
 * that the gateway keeps for it in the meantime.
 */
export async function measureSlowReader(session: Session, load: Pace): Promise<Results> {
  const { gateway } = session;
  const audience = await session.open({ shape: 'key and note' });
  const publish = async (): Promise<void> => await audience.publish({ note: NOTE });
  const warmedUp = await pace({ perSecond: 100, seconds: 1 }, publish);
  await audience.untilReceived(warmedUp);
  const before = await usageOf(gateway.child, true);
  await audience.pause();
  const events = await pace(load, publish);
  const held = await usageOf(gateway.child, true);
  await audience.resume();
  const counts = await audience.untilReceived(warmedUp + events, READ_ON_MS);
  await audience.leave();
  const lost = warmedUp + events - counts.received;
  // Our event stream promises that nothing is lost, everyone that nothing comes twice.
  if (session.contender.field === 'taskTold' && (lost > 0 || counts.errorCount > 0))
    session.fault(`a slow reader has lost ${lost} of ${events} events; ${counts.errors.join('; ')}`);
  if (counts.repeated > 0) session.fault(`a slow reader got ${counts.repeated} events twice or out of order`);
  const name = `slow reader, ${load.seconds} s not reading, ${events.toLocaleString('en-US')} events of 4 KiB`;
  return {
    [`${name}: lost`]: lost,
    [`${name}: told of it`]: lost > 0 && counts.errorCount > 0 ? 1 : 0,
    [`${name}: twice or out of order`]: counts.repeated,
    [`${name}: RSS of the gateway meanwhile, + MiB`]: (held.rssBytes - before.rssBytes) / MIB,
  };
}
