export {
  CreateMeetingAccess1700000000001,
  createMeetingAccess,
  maySeeMeeting,
  type MeetingAccess,
  meetingAccessSubscription,
  requireToldMeeting,
  takesPartSql,
} from './meeting-access.ts';
export { createPeople, type People } from './people.ts';
