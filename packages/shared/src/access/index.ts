export { MEETING_THINGS } from './cached-states.ts';
export {
  CreateMeetingAccess1700000000001,
  createMeetingAccess,
  type MeetingAccess,
  meetingAccessSubscription,
  requireToldMeeting,
  takesPartSql,
} from './meeting-access.ts';
export {
  mayChangeMeeting,
  maySeeMeeting,
  type MeetingDoors,
  type MeetingRight,
  requireRight,
  seesMeetingSql,
} from './meeting-rights.ts';
export {
  CreateMeetingErasure1700000000005,
  hiddenMeetingSql,
  holdMeeting,
  type MeetingKey,
  meetingKey,
  type MeetingStanding,
  onEventOfMeeting,
  refuseErased,
  requireStanding,
} from './meeting-erasure.ts';
export {
  createMeetingEraser,
  MEETING_DELETION,
  meetingDeletionParticipants,
  type MeetingEraser,
  type MeetingEraserDeps,
} from './meeting-deletion.ts';
export { createPeople, type People } from './people.ts';
