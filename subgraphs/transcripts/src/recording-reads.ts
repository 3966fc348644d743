import { mayChangeMeeting } from '@hoerok/shared/access';
import type { Viewer } from '@hoerok/shared/auth';
import type { MeetingState } from '@hoerok/shared/contracts';
import { createGroupLoader, createLoader, type Loader } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import type { Recording } from './entities/recording.entity.ts';
import { recordingRepository } from './repositories/recording-repository.ts';

/** Reads of recordings; those that are complete, of meetings that the viewer takes part in: a share of words is none of voices. */
export interface RecordingReads {
  readonly recording: Loader<Recording>;
  /** By meeting, newest first. */
  readonly recordings: ReturnType<typeof createGroupLoader<Recording>>;
}

/** Builds the loaders of one request. */
export function createRecordingReads(
  manager: EntityManager,
  viewer: Viewer,
  meeting: Loader<MeetingState>,
): RecordingReads {
  const rows = recordingRepository(manager, viewer.workspaceId);
  const ofOwnMeetings = async (found: readonly Recording[]): Promise<Recording[]> => {
    const meetings = await meeting.loadMany(found.map(({ meetingId }) => meetingId));
    return found.filter((_row, place) => {
      const state = meetings[place];
      if (state instanceof Error) throw state;
      return state != null && mayChangeMeeting(viewer, state, { right: 'PARTICIPATE' });
    });
  };
  return {
    recording: createLoader(
      async (ids) => ofOwnMeetings(await rows.find(ids)),
      ({ id }) => id,
    ),
    recordings: createGroupLoader(
      async (meetingIds) => ofOwnMeetings(await rows.ofMeetings(meetingIds)),
      ({ meetingId }) => meetingId,
    ),
  };
}
