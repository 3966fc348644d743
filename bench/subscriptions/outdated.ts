import type { Results } from '../tasks/measures.ts';
import type { Session } from './session.ts';

const EVENTS = 20;

/** One task changes again and again: how many events carry fields of other subgraphs as they were at an event before. */
export async function measureOutdated(session: Session): Promise<Results> {
  const audience = await session.open({ shape: '4 fetches side by side' });
  for (let event = 1; event <= EVENTS; event += 1) {
    await audience.publish({ sameTask: true });
    await audience.untilReceived(event);
  }
  const { outdated } = await audience.counts();
  await audience.leave();
  if (outdated > 0) session.fault(`${outdated} of ${EVENTS} events of one task have outdated fields`);
  return { [`one task, ${EVENTS} events: with fields as they were before`]: outdated };
}
