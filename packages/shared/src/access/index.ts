export {
  CreateMeetingAccess1700000000001,
  createMeetingAccess,
  maySeeMeeting,
  type MeetingAccess,
  meetingAccessSubscription,
} from './meeting-access.ts';
