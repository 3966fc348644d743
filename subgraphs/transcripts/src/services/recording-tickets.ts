import { randomUUIDv7 } from 'node:crypto';
import { type MeetingAccess, requireStanding } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import type { Transact } from '@hoerok/shared/database';
import type { Quota } from '@hoerok/shared/quotas';
import type { ConsentRule } from '../domain/recording-consent.ts';
import { recordingRepository } from '../repositories/recording-repository.ts';
import { refusal } from './refusals.ts';
import { requireConsent } from './require-recordable.ts';

const MIB = 1024 * 1024;
/** Lists of them need no pages. */
const MOST_OF_A_MEETING = 100;

/** What a place for a recording is asked for with; decoded. */
export interface RecordingWanted {
  readonly meetingId: string;
  readonly filename: string;
  readonly mimeType: string;
  readonly bytes: number;
}

/** What {@link createRecordingTickets} needs. */
export interface RecordingTicketsDeps {
  readonly transact: Transact;
  readonly access: MeetingAccess;
  readonly clock: () => Date;
  readonly consent: ConsentRule;
  readonly maxBytes: number;
  /** MiB that a workspace may send in a day. */
  readonly quota: Quota;
  /** Of a file of which nothing is there; see RecordingStorage. */
  readonly emptyState: string;
}

/**
 * Makes a place for one recording of exactly `bytes` bytes, and gives its id.
 * @throws AppError `NOT_FOUND`, `FORBIDDEN` for a GUEST and for who does not take part, `WRONG_STATE` for a canceled meeting,
 *   `CONSENT_REFUSED`, `TOO_LARGE`, `QUOTA_EXCEEDED`.
 */
export function createRecordingTickets(
  deps: RecordingTicketsDeps,
): (viewer: UserViewer, wanted: RecordingWanted) => Promise<string> {
  return async (viewer, wanted) => {
    const meeting = await deps.access.requireToChange(viewer, wanted.meetingId, 'PARTICIPATE');
    if (viewer.role === 'GUEST')
      throw refusal('FORBIDDEN', 'A guest cannot bring in recordings.', ['meetingId']);
    if (meeting.status === 'CANCELED')
      throw refusal('WRONG_STATE', 'The meeting is canceled; it takes no recording.', ['meetingId']);
    requireConsent(deps.consent, meeting, ['meetingId']);
    if (wanted.bytes > deps.maxBytes)
      throw refusal('TOO_LARGE', `A recording has at most ${deps.maxBytes} bytes.`, ['bytes']);
    const id = randomUUIDv7();
    const now = deps.clock();
    await deps.transact(async (tx) => {
      await requireStanding(tx, meeting.id, ['meetingId']);
      const recordings = recordingRepository(tx, viewer.workspaceId);
      if ((await recordings.countOf(meeting.id)) >= MOST_OF_A_MEETING) {
        const message = `A meeting has at most ${MOST_OF_A_MEETING} recordings; delete one first.`;
        throw refusal('TOO_LARGE', message, ['meetingId']);
      }
      await recordings.insert({
        ...wanted,
        id,
        workspaceId: viewer.workspaceId,
        createdBy: viewer.userId,
        createdAt: now,
        touchedAt: now,
        completedAt: null,
        received: 0,
        checksum: null,
        durationMs: null,
        storageState: deps.emptyState,
        writer: null,
        writerUntil: null,
      });
      await deps.quota.take(tx, viewer.workspaceId, Math.ceil(wanted.bytes / MIB));
    });
    return id;
  };
}
