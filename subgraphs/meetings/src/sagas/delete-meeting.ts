import { MEETING_DELETION, meetingKey } from '@hoerok/shared/access';
import { defineSaga, participantStep } from '@hoerok/shared/sagas';

/** Services that keep what belongs to meetings. */
const KEEPERS = ['transcripts', 'ai', 'todos', 'notifications'];

/**
 * MEETING_DELETION: all services hide the meeting and what they have of it; when all have, each deletes it, and the meeting's
 * own rows go last, with the event that tells of it. Until the first has been asked to delete, all can be shown again.
 */
export const deleteMeetingSaga = defineSaga({
  kind: MEETING_DELETION.saga.kind,
  payload: meetingKey,
  participants: ['meetings', ...KEEPERS],
  stages: [
    {
      name: 'hiding',
      steps: (input) =>
        ['meetings', ...KEEPERS].map((service) =>
          participantStep({ service, step: MEETING_DELETION.hide, input }),
        ),
    },
    {
      name: 'deleting',
      pivot: true,
      steps: (input) =>
        KEEPERS.map((service) => participantStep({ service, step: MEETING_DELETION.purge, input })),
    },
    {
      name: 'finishing',
      steps: (input) => [participantStep({ service: 'meetings', step: MEETING_DELETION.purge, input })],
    },
  ],
});
