import { eventSubject } from '@hoerok/shared/messaging';
import { SERVICES, WORKSPACE } from './graph.ts';

/**
 * Where a plain forwarder takes its events from: core NATS, where nothing is stored; the subject that a stream in memory
 * republishes to, as our gateway does; or a push consumer of that stream.
 */
export const FLOORS = ['core', 'republished', 'consumer'] as const;
/** One of them. */
export type FloorSource = (typeof FLOORS)[number];

/** Not the beginning of the subjects of any stream. */
const PLAIN = 'plain';

/** The subject of a list's events. */
export function subjectOf(source: FloorSource | keyof typeof SERVICES, list: string): string {
  const event = { workspaceId: WORKSPACE, aggregate: 'list', aggregateId: list, event: 'changed' };
  if (source === 'core') return eventSubject({ ...event, service: PLAIN });
  return eventSubject({ ...event, service: source === 'disk' ? SERVICES.disk : SERVICES.memory });
}

/** The stream that the events are published into. */
export function streamOf(source: Exclude<FloorSource, 'core'> | keyof typeof SERVICES): string {
  return `EVT_${(source === 'disk' ? SERVICES.disk : SERVICES.memory).toUpperCase()}`;
}
