import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { IdentifiedSpan } from '@hoerok/shared/statistics';
import type { Meeting as MeetingRow } from '../entities/meeting.entity.ts';
import type { Participant as ParticipantRow } from '../entities/participant.entity.ts';
import type { MeetingShare as MeetingShareRow } from '../entities/meeting-share.entity.ts';
import type { ShareChange as ShareChangeRow } from '../entities/share-change.entity.ts';
import type { AgendaItem as AgendaItemRow } from '../entities/agenda-item.entity.ts';
import type { Template } from '../domain/template.ts';
import type { Connection, EntityReference } from '@hoerok/shared/graphql';
import type { TaskSnapshot } from '@hoerok/shared/contracts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant in ISO 8601 with an offset. */
  DateTime: { input: Date; output: Date; }
  _FieldSet: { input: string; output: string; }
};

/** One point of an agenda. */
export type AgendaItem = {
  readonly __typename?: 'AgendaItem';
  readonly id: Scalars['ID']['output'];
  /** Planned length. */
  readonly minutes?: Maybe<Scalars['Int']['output']>;
  /** Who leads it. */
  readonly owner?: Maybe<User>;
  /** What it is about. */
  readonly title: Scalars['String']['output'];
};

/** Whether somebody comes, and then whether they came. */
export type AttendanceState =
  | 'ABSENT'
  | 'ACCEPTED'
  | 'DECLINED'
  /** Has not answered. */
  | 'INVITED'
  /** Is there, or was there. At the end of the meeting who neither declined nor was set ABSENT counts as PRESENT. */
  | 'PRESENT';

/** Changes to a share; what is left out stays. */
export type ChangeShareInput = {
  readonly access?: InputMaybe<ShareAccess>;
  /** In the future; null takes the end away. */
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly shareId: Scalars['ID']['input'];
};

/** Whether somebody agrees to being recorded. */
export type ConsentState =
  | 'GIVEN'
  | 'REFUSED'
  | 'UNASKED';

/** A new meeting; the viewer becomes its organizer. */
export type CreateMeetingInput = {
  readonly agenda?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Whether action items of a language model become todos without a decision. @default false */
  readonly autoAcceptActionItems?: InputMaybe<Scalars['Boolean']['input']>;
  /** The same value gives the same meeting, however often it is sent. */
  readonly clientMutationId?: InputMaybe<Scalars['String']['input']>;
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** @default en */
  readonly language?: InputMaybe<Scalars['String']['input']>;
  readonly location?: InputMaybe<Scalars['String']['input']>;
  readonly participants?: InputMaybe<ReadonlyArray<ParticipantInput>>;
  readonly scheduledEnd?: InputMaybe<Scalars['DateTime']['input']>;
  readonly scheduledStart: Scalars['DateTime']['input'];
  /** Takes agenda, length and verification policy from it where they are not given. */
  readonly templateId?: InputMaybe<Scalars['ID']['input']>;
  readonly timeZone: Scalars['String']['input'];
  readonly title: Scalars['String']['input'];
  readonly verificationPolicy?: InputMaybe<VerificationPolicy>;
};

/** The task that deletes the meeting, or why it is not deleted. */
export type DeleteMeetingPayload = {
  readonly __typename?: 'DeleteMeetingPayload';
  /** Null when nothing was begun. */
  readonly task?: Maybe<Task>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A meeting of a workspace, visible to its participants, to those it is shared with, and to ADMIN and MANAGER. */
export type Meeting = {
  readonly __typename?: 'Meeting';
  /** What it is to talk about, in order. */
  readonly agenda: ReadonlyArray<AgendaItem>;
  /**
   * True when its organizer takes action items that a language model notes for accepted: they become todos without anybody's decision.
   * Those that the local analysis suggests never do.
   */
  readonly autoAcceptActionItems: Scalars['Boolean']['output'];
  /** Why it was canceled. */
  readonly cancelReason?: Maybe<Scalars['String']['output']>;
  /** When it was canceled. */
  readonly canceledAt?: Maybe<Scalars['DateTime']['output']>;
  /** True once ENDED or CANCELED; other subgraphs @require this, not the enum. */
  readonly closed: Scalars['Boolean']['output'];
  /** What it is about. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** When it was ended. */
  readonly endedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly id: Scalars['ID']['output'];
  /** BCP 47 tag of the language spoken, or `mul` for several. */
  readonly language: Scalars['String']['output'];
  /** Room or link. */
  readonly location?: Maybe<Scalars['String']['output']>;
  /** When its first minutes were ready. */
  readonly minutesReadyAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who created it. */
  readonly organizer: User;
  /** Who takes part, the organizer first. @default 20 */
  readonly participants: ParticipantConnection;
  /** Rises with every change; updateMeeting takes the one you saw. */
  readonly revision: Scalars['Int']['output'];
  /** Planned end. */
  readonly scheduledEnd?: Maybe<Scalars['DateTime']['output']>;
  /** Planned start. */
  readonly scheduledStart: Scalars['DateTime']['output'];
  /** What became of its shares, the newest first, at most 100; null for who may not share it. */
  readonly shareHistory?: Maybe<ReadonlyArray<ShareChange>>;
  /** The share by which the viewer sees it; null for who takes part, and for ADMIN and MANAGER without one. */
  readonly sharedWithViewer?: Maybe<MeetingShare>;
  /** With whom it is shared, the oldest share first, also those that have run out; null for who may not share it. @default 20 */
  readonly shares?: Maybe<MeetingShareConnection>;
  /** When it was started. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it stands. */
  readonly status: MeetingStatus;
  /** Template it was made from. */
  readonly template?: Maybe<MeetingTemplate>;
  /** IANA time zone in which dates said in the meeting are meant. */
  readonly timeZone: Scalars['String']['output'];
  /** What it is called. */
  readonly title: Scalars['String']['output'];
  /** When its transcript was ready. */
  readonly transcriptReadyAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whose approval makes a section of its transcript verified. */
  readonly verificationPolicy: VerificationPolicy;
  /** What the viewer may do now. */
  readonly viewerCan: MeetingPermissions;
};


/** A meeting of a workspace, visible to its participants, to those it is shared with, and to ADMIN and MANAGER. */
export type MeetingParticipantsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A meeting of a workspace, visible to its participants, to those it is shared with, and to ADMIN and MANAGER. */
export type MeetingSharesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of meetings, newest start first. */
export type MeetingConnection = {
  readonly __typename?: 'MeetingConnection';
  readonly edges: ReadonlyArray<MeetingEdge>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

/** A meeting and its place in the list. */
export type MeetingEdge = {
  readonly __typename?: 'MeetingEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Meeting;
};

/** Something that has happened to a meeting. */
export type MeetingEvent = {
  readonly __typename?: 'MeetingEvent';
  /** Who did it; null for the platform. */
  readonly actor?: Maybe<User>;
  /** What has happened. */
  readonly kind: MeetingEventKind;
  /** The meeting as it is by now; null once it is deleted. */
  readonly meeting?: Maybe<Meeting>;
  /** The revision that this made of the meeting: of two events the one with the higher revision is later. */
  readonly revision: Scalars['Int']['output'];
};

/** What can happen to a meeting. */
export type MeetingEventKind =
  | 'CANCELED'
  | 'CREATED'
  /** It is gone, with everything that was made of it. */
  | 'DELETED'
  | 'ENDED'
  /** Somebody has joined who takes part. */
  | 'PARTICIPANT_JOINED'
  /** Somebody has left who takes part. */
  | 'PARTICIPANT_LEFT'
  | 'STARTED'
  /** Title, times, agenda, participants or another property has changed, or transcript or minutes are ready. */
  | 'UPDATED';

/** Which meetings to list; all conditions hold. */
export type MeetingFilter = {
  /** Scheduled at or after. */
  readonly from?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only meetings this user takes part in. */
  readonly participantId?: InputMaybe<Scalars['ID']['input']>;
  /** True for meetings that the viewer sees by a share alone, false for the others. */
  readonly sharedWithMe?: InputMaybe<Scalars['Boolean']['input']>;
  readonly status?: InputMaybe<ReadonlyArray<MeetingStatus>>;
  /**
   * Part of the title, or words of title, description and agenda: all have to be there, a "quoted phrase" as it stands, -excluded words
   * not at all; English words in any form, Korean words with any particle. At most 200 characters.
   */
  readonly text?: InputMaybe<Scalars['String']['input']>;
  /** Scheduled before. */
  readonly to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** The meeting as it is now, or why not. */
export type MeetingPayload = {
  readonly __typename?: 'MeetingPayload';
  /** Null when nothing was done. */
  readonly meeting?: Maybe<Meeting>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What the viewer may do with a meeting, its state taken into account. */
export type MeetingPermissions = {
  readonly __typename?: 'MeetingPermissions';
  /** Comment on its transcript. */
  readonly comment: Scalars['Boolean']['output'];
  /** Delete it with everything that was made of it. */
  readonly delete: Scalars['Boolean']['output'];
  /** Change title, times, agenda and participants, and cancel. */
  readonly edit: Scalars['Boolean']['output'];
  /** End it. */
  readonly end: Scalars['Boolean']['output'];
  /** Import captions as its transcript. */
  readonly importTranscript: Scalars['Boolean']['output'];
  /** Join it. */
  readonly join: Scalars['Boolean']['output'];
  /** Answer its invitation. */
  readonly respond: Scalars['Boolean']['output'];
  /** Share it with others, and see with whom it is shared. */
  readonly share: Scalars['Boolean']['output'];
  /** Start it. */
  readonly start: Scalars['Boolean']['output'];
  /** Upload a recording of it. */
  readonly uploadRecording: Scalars['Boolean']['output'];
  /** Verify sections of its transcript. */
  readonly verify: Scalars['Boolean']['output'];
};

/** A meeting shared with somebody who does not take part in it: a user, or an address that opens it by a link. */
export type MeetingShare = {
  readonly __typename?: 'MeetingShare';
  /** What they may do. */
  readonly access: ShareAccess;
  /** When it was shared. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The address its link is for; null for a user who signs in. */
  readonly email?: Maybe<Scalars['String']['output']>;
  /** It counts no more from then on; null for a share that ends only when it is revoked. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly id: Scalars['ID']['output'];
  /** True until then. */
  readonly live: Scalars['Boolean']['output'];
  /** What was said with it. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** When its link was opened first. */
  readonly openedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who shared it. */
  readonly sharedBy: User;
  /** The user it is shared with; null until somebody has opened the link of an address. */
  readonly user?: Maybe<User>;
};

/** A page of shares. */
export type MeetingShareConnection = {
  readonly __typename?: 'MeetingShareConnection';
  readonly edges: ReadonlyArray<MeetingShareEdge>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

/** A share and its place in the list. */
export type MeetingShareEdge = {
  readonly __typename?: 'MeetingShareEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: MeetingShare;
};

/** Meetings of a span of time in numbers. */
export type MeetingStatistics = {
  readonly __typename?: 'MeetingStatistics';
  /** People in one of them, on average. */
  readonly averageParticipants: Scalars['Float']['output'];
  /** Meetings that were canceled. */
  readonly canceled: Scalars['Int']['output'];
  /** Meetings that ended. */
  readonly held: Scalars['Int']['output'];
  /** Hours from start to end of those that were held, together. */
  readonly hours: Scalars['Float']['output'];
  /** Different people in those that were held; a guest counts once for each address or name. */
  readonly participants: Scalars['Int']['output'];
};

/** SCHEDULED -> LIVE -> ENDED, or CANCELED from either of the first two. */
export type MeetingStatus =
  | 'CANCELED'
  | 'ENDED'
  | 'LIVE'
  | 'SCHEDULED';

/** What new meetings of one sort start with. */
export type MeetingTemplate = {
  readonly __typename?: 'MeetingTemplate';
  /** Titles of the agenda. */
  readonly agenda: ReadonlyArray<Scalars['String']['output']>;
  /** True for the templates that come with Hoerok. */
  readonly builtIn: Scalars['Boolean']['output'];
  /** Planned length. */
  readonly defaultMinutes: Scalars['Int']['output'];
  readonly id: Scalars['ID']['output'];
  /** What it is called. */
  readonly name: Scalars['String']['output'];
  /** Policy of meetings made from it. */
  readonly verificationPolicy: VerificationPolicy;
};

/** The template that was saved, or why not. */
export type MeetingTemplatePayload = {
  readonly __typename?: 'MeetingTemplatePayload';
  /** Null when nothing was saved. */
  readonly template?: Maybe<MeetingTemplate>;
  readonly userErrors: ReadonlyArray<UserError>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Lets a user hold the share of a link; SHARE_ENDED when the link does not work. For services alone. */
  readonly acceptShareLink: ShareLinkPayload;
  /** Invites; who takes part already is left as is. */
  readonly addParticipants: MeetingPayload;
  /** SCHEDULED or LIVE -> CANCELED. */
  readonly cancelMeeting: MeetingPayload;
  /** Changes what is given, for its holder at once. */
  readonly changeShare: SharePayload;
  /** Schedules a meeting; the viewer becomes its organizer. Not for a GUEST. */
  readonly createMeeting: MeetingPayload;
  /**
   * Deletes a meeting for good, with everything derived from it: transcripts, uploaded captions, minutes, todos that came of its
   * action items, and notifications. Todos that somebody wrote by hand stay, without a meeting. For its organizer and ADMIN; not
   * while it is LIVE. A moment after the answer nobody sees it any more; the task says when all of it is gone. Until then
   * repeating it gives the same task. If it cannot be carried out, or is cancelled early, everything is shown again.
   */
  readonly deleteMeeting: DeleteMeetingPayload;
  /**
   * LIVE -> ENDED. Also SCHEDULED -> ENDED once the planned start is past, for a meeting that was held without having been started here:
   * it then was from its planned start to its planned end. Repeating it changes nothing.
   */
  readonly endMeeting: MeetingPayload;
  /** Says whether the viewer may be recorded: GIVEN or REFUSED, and at any time something else. */
  readonly giveRecordingConsent: MeetingPayload;
  /** The viewer is there; while the meeting is LIVE. */
  readonly joinMeeting: MeetingPayload;
  /** The viewer has gone; while the meeting is LIVE. */
  readonly leaveMeeting: MeetingPayload;
  /** The organizer cannot be removed. */
  readonly removeParticipant: MeetingPayload;
  /** Says whether the viewer comes, until the meeting is over; as all below for who takes part in it. */
  readonly respondToInvitation: MeetingPayload;
  /** Ends a share everywhere at once: what its holder has open is closed, and its link works no more. */
  readonly revokeShare: SharePayload;
  /** Saves a template for the workspace, from a meeting's agenda or from the given one. */
  readonly saveTemplate: MeetingTemplatePayload;
  /** Says who was there; for who may edit the meeting, also after its end. */
  readonly setAttendance: MeetingPayload;
  /**
   * Lets somebody see a meeting who does not take part in it; for its organizer, MANAGER and ADMIN, as all about shares. Sharing
   * again with the same person changes the share that is there. CONFLICT for who takes part anyway.
   */
  readonly shareMeeting: SharePayload;
  /** SCHEDULED -> LIVE. */
  readonly startMeeting: MeetingPayload;
  /** Changes what is given; for its organizer, MANAGER and ADMIN, as every change below. */
  readonly updateMeeting: MeetingPayload;
};


export type MutationAcceptShareLinkArgs = {
  token: Scalars['String']['input'];
  userId: Scalars['ID']['input'];
};


export type MutationAddParticipantsArgs = {
  meetingId: Scalars['ID']['input'];
  participants: ReadonlyArray<ParticipantInput>;
};


export type MutationCancelMeetingArgs = {
  id: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
};


export type MutationChangeShareArgs = {
  input: ChangeShareInput;
};


export type MutationCreateMeetingArgs = {
  input: CreateMeetingInput;
};


export type MutationDeleteMeetingArgs = {
  id: Scalars['ID']['input'];
};


export type MutationEndMeetingArgs = {
  id: Scalars['ID']['input'];
};


export type MutationGiveRecordingConsentArgs = {
  consent: ConsentState;
  meetingId: Scalars['ID']['input'];
};


export type MutationJoinMeetingArgs = {
  meetingId: Scalars['ID']['input'];
};


export type MutationLeaveMeetingArgs = {
  meetingId: Scalars['ID']['input'];
};


export type MutationRemoveParticipantArgs = {
  meetingId: Scalars['ID']['input'];
  participantId: Scalars['ID']['input'];
};


export type MutationRespondToInvitationArgs = {
  accept: Scalars['Boolean']['input'];
  meetingId: Scalars['ID']['input'];
};


export type MutationRevokeShareArgs = {
  shareId: Scalars['ID']['input'];
};


export type MutationSaveTemplateArgs = {
  agenda?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  fromMeetingId?: InputMaybe<Scalars['ID']['input']>;
  name: Scalars['String']['input'];
  policy?: InputMaybe<VerificationPolicy>;
};


export type MutationSetAttendanceArgs = {
  meetingId: Scalars['ID']['input'];
  participantId: Scalars['ID']['input'];
  state: AttendanceState;
};


export type MutationShareMeetingArgs = {
  input: ShareMeetingInput;
};


export type MutationStartMeetingArgs = {
  id: Scalars['ID']['input'];
};


export type MutationUpdateMeetingArgs = {
  input: UpdateMeetingInput;
};

/** Position of a page in a list. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** Somebody who takes part: a user of the workspace, or a guest known by name or e-mail. */
export type Participant = {
  readonly __typename?: 'Participant';
  /** Whether they come, and then whether they came. */
  readonly attendance: AttendanceState;
  /** Name of a participant who is no user. */
  readonly displayName?: Maybe<Scalars['String']['output']>;
  /** Address of a guest. */
  readonly email?: Maybe<Scalars['String']['output']>;
  readonly id: Scalars['ID']['output'];
  /** When they joined first. */
  readonly joinedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When they left last; null while they are there. */
  readonly leftAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether they agree to being recorded. */
  readonly recordingConsent: ConsentState;
  /** What they do in the meeting. */
  readonly role: ParticipantRole;
  /** Set for a user of the workspace. */
  readonly user?: Maybe<User>;
};

/** A page of participants. */
export type ParticipantConnection = {
  readonly __typename?: 'ParticipantConnection';
  readonly edges: ReadonlyArray<ParticipantEdge>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

/** A participant and its place in the list. */
export type ParticipantEdge = {
  readonly __typename?: 'ParticipantEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Participant;
};

/** Somebody to invite: a user by id, or a guest by name, e-mail or both. */
export type ParticipantInput = {
  readonly displayName?: InputMaybe<Scalars['String']['input']>;
  readonly email?: InputMaybe<Scalars['String']['input']>;
  /** @default ATTENDEE */
  readonly role?: InputMaybe<ParticipantRole>;
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

/** What somebody does in a meeting. */
export type ParticipantRole =
  | 'ATTENDEE'
  | 'OPTIONAL'
  | 'ORGANIZER'
  | 'PRESENTER';

export type Query = {
  readonly __typename?: 'Query';
  /** One meeting; null when it does not exist or the viewer may not see it. */
  readonly meeting?: Maybe<Meeting>;
  /** Built-in templates and those of the workspace. */
  readonly meetingTemplates: ReadonlyArray<MeetingTemplate>;
  /** Meetings the viewer may see, newest start first; `last` and `before` go back from the end or from a meeting. @default first 20 */
  readonly meetings: MeetingConnection;
  /** A share with what its invitation needs; null when it has ended. For services alone. */
  readonly shareInvitation?: Maybe<ShareInvitation>;
  /** Whom the link of a share lets in; null when the link does not work. For services alone. */
  readonly shareLink?: Maybe<ShareLink>;
  /** Numbers of the workspace from an instant until before another, at most five years later. */
  readonly workspaceStatistics: WorkspaceStatistics;
};


export type QueryMeetingArgs = {
  id: Scalars['ID']['input'];
};


export type QueryMeetingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MeetingFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryShareInvitationArgs = {
  shareId: Scalars['ID']['input'];
};


export type QueryShareLinkArgs = {
  token: Scalars['String']['input'];
};


export type QueryWorkspaceStatisticsArgs = {
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
};

/** What a share lets somebody do, weakest first: each includes those before it. */
export type ShareAccess =
  /** Comment on the transcript. */
  | 'COMMENT'
  /** See the meeting, its transcript, minutes and todos. */
  | 'READ'
  /** Verify sections of the transcript; quorums do not count them. */
  | 'VERIFY';

/** Something that became of a share, as the share was then. */
export type ShareChange = {
  readonly __typename?: 'ShareChange';
  /** What they might do from then on. */
  readonly access: ShareAccess;
  /** Who did it; null for the platform. */
  readonly actor?: Maybe<User>;
  /** When it happened. */
  readonly at: Scalars['DateTime']['output'];
  /** The address its link was for. */
  readonly email?: Maybe<Scalars['String']['output']>;
  /** When it was to end. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly id: Scalars['ID']['output'];
  /** What became of it. */
  readonly kind: ShareChangeKind;
  /** The share it was. */
  readonly shareId: Scalars['ID']['output'];
  /** The user it was shared with. */
  readonly user?: Maybe<User>;
};

/** What becomes of a share. */
export type ShareChangeKind =
  /** Access or end are others, or somebody shared it again. */
  | 'CHANGED'
  /** Its time has run out. */
  | 'EXPIRED'
  /** Somebody came in by its link. */
  | 'OPENED'
  | 'REVOKED'
  | 'SHARED';

/** What the service that delivers an invitation needs of a share. */
export type ShareInvitation = {
  readonly __typename?: 'ShareInvitation';
  /** The meeting's id; a service may see it. */
  readonly meetingId: Scalars['ID']['output'];
  /** The share. */
  readonly share: MeetingShare;
  /** Title of the meeting. */
  readonly title: Scalars['String']['output'];
  /** Address that opens it without an account; null for a user who signs in. */
  readonly url?: Maybe<Scalars['String']['output']>;
};

/** Whom a link lets in. */
export type ShareLink = {
  readonly __typename?: 'ShareLink';
  /** The address it is for. */
  readonly email: Scalars['String']['output'];
  /** What it opens. */
  readonly meetingId: Scalars['ID']['output'];
  /** The share. */
  readonly shareId: Scalars['ID']['output'];
};

/** Whom the link lets in, or why nobody. */
export type ShareLinkPayload = {
  readonly __typename?: 'ShareLinkPayload';
  /** Null when nothing was done. */
  readonly link?: Maybe<ShareLink>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** With whom to share a meeting: a user, or an address. */
export type ShareMeetingInput = {
  readonly access: ShareAccess;
  /** An address; who has an account there signs in, for everybody else there is a link. */
  readonly email?: InputMaybe<Scalars['String']['input']>;
  /** In the future. @default none; 30 days for a link */
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly meetingId: Scalars['ID']['input'];
  /** For the person it is shared with; at most 1,000 characters. */
  readonly message?: InputMaybe<Scalars['String']['input']>;
  /** A user of the workspace. */
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

/** The share as it is now, or why not. */
export type SharePayload = {
  readonly __typename?: 'SharePayload';
  /** The meeting as it is now. */
  readonly meeting?: Maybe<Meeting>;
  /** Null when nothing was done. Of revokeShare, the share that ended. */
  readonly share?: Maybe<MeetingShare>;
  /** The secret in `url`, for openShare. */
  readonly token?: Maybe<Scalars['String']['output']>;
  /** For an address without an account: opens the meeting. It is the same each time, and stored nowhere. */
  readonly url?: Maybe<Scalars['String']['output']>;
  readonly userErrors: ReadonlyArray<UserError>;
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * What happens to a meeting, for those who take part in it or it is shared with, MANAGER and ADMIN. Begins with the last thing that
   * has happened, so that nothing is missed between a query and the subscription. Completes once the meeting is deleted; who
   * may see it no longer is sent away with FORBIDDEN.
   */
  readonly meetingEvents: MeetingEvent;
};


export type SubscriptionMeetingEventsArgs = {
  meetingId: Scalars['ID']['input'];
};

/** Long work; visible to who asked for it, to whom it concerns, and to ADMIN and MANAGER. */
export type Task = {
  readonly __typename?: 'Task';
  /** 1 during the first attempt, 0 before it. */
  readonly attempt: Scalars['Int']['output'];
  /** When it was accepted. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Failure of the last attempt. */
  readonly error?: Maybe<TaskError>;
  /** When it ended. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly id: Scalars['ID']['output'];
  /** What kind of work it is. */
  readonly kind: TaskKind;
  /** Attempts it gets in all. */
  readonly maxAttempts: Scalars['Int']['output'];
  /** The meeting it is about. */
  readonly meeting?: Maybe<Meeting>;
  /** When it runs next: a delayed task, or a failed attempt that is repeated. */
  readonly nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** The lane it waits in. */
  readonly priority: TaskPriority;
  /** 0 to 1. */
  readonly progress: Scalars['Float']['output'];
  /** Who asked for it; null for a task that the platform started. */
  readonly requestedBy?: Maybe<User>;
  /** Rises with every change: of two answers the one with the higher revision is newer. */
  readonly revision: Scalars['Int']['output'];
  /** What the worker does now. */
  readonly stage?: Maybe<Scalars['String']['output']>;
  /** Start of the first attempt. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it stands. */
  readonly status: TaskStatus;
};

/** Why an attempt failed. */
export type TaskError = {
  readonly __typename?: 'TaskError';
  /** Stable code, for example TIMEOUT; match on this. */
  readonly code: Scalars['String']['output'];
  /** For people. */
  readonly message: Scalars['String']['output'];
  /** True while the task will be tried again by itself. */
  readonly retryable: Scalars['Boolean']['output'];
};

/** What kind of long work a task is. */
export type TaskKind =
  /** Many transcripts become minutes: a task of its own for each. */
  | 'BULK_MINUTES'
  /** A meeting goes, with everything that was made of it. */
  | 'MEETING_DELETION'
  /** A transcript becomes minutes. */
  | 'MINUTES'
  /** One step of a larger task, in the service that does it. For ADMIN and MANAGER. */
  | 'SAGA_STEP'
  /** The appointments that were spoken of in a meeting become suggestions for the calendar. */
  | 'SCHEDULE'
  /** A recording becomes a transcript. */
  | 'TRANSCRIPTION'
  /** Captions, JSON or text become a transcript. */
  | 'TRANSCRIPT_IMPORT'
  /** A transcript is checked for gaps, overlaps, unknown speakers and what was hard to hear. */
  | 'TRANSCRIPT_VALIDATION';

/** The lane a task waits in; each lane has workers of its own. */
export type TaskPriority =
  | 'HIGH'
  | 'LOW'
  | 'NORMAL';

/** PENDING -> PROCESSING -> COMPLETED, FAILED or CANCELLED. */
export type TaskStatus =
  | 'CANCELLED'
  | 'COMPLETED'
  /** Ended for good; `error` says why. retryTask gives it new attempts. */
  | 'FAILED'
  /** Waits for a worker; when `nextAttemptAt` is there, for its next attempt. */
  | 'PENDING'
  /** A worker has it. */
  | 'PROCESSING';

/** Changes to a meeting; what is left out stays. */
export type UpdateMeetingInput = {
  readonly agenda?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Whether action items of a language model become todos without a decision; counts for minutes made from now on. */
  readonly autoAcceptActionItems?: InputMaybe<Scalars['Boolean']['input']>;
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** Revision the change is based on; CONFLICT when the meeting has moved on. */
  readonly expectedRevision: Scalars['Int']['input'];
  readonly id: Scalars['ID']['input'];
  readonly location?: InputMaybe<Scalars['String']['input']>;
  readonly scheduledEnd?: InputMaybe<Scalars['DateTime']['input']>;
  readonly scheduledStart?: InputMaybe<Scalars['DateTime']['input']>;
  readonly title?: InputMaybe<Scalars['String']['input']>;
};

/** A person of the workspace. */
export type User = {
  readonly __typename?: 'User';
  readonly id: Scalars['ID']['output'];
  /** Meetings of this person that the viewer may see, newest start first. @default 20 */
  readonly meetings: MeetingConnection;
};


/** A person of the workspace. */
export type UserMeetingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MeetingFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** An expected failure of a mutation: nothing was changed, and the message says what to do. */
export type UserError = {
  readonly __typename?: 'UserError';
  /** Stable code, for example NOT_FOUND; match on this. */
  readonly code: Scalars['String']['output'];
  /** For people. */
  readonly message: Scalars['String']['output'];
  /** Argument that was wrong. */
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** Whose approval makes a section of the transcript verified. */
export type VerificationPolicy =
  /** Every participant's. */
  | 'ALL_PRESENT'
  /** Nobody's. */
  | 'NONE'
  /** The organizer's. */
  | 'ORGANIZER'
  /** More than half of the participants'. */
  | 'QUORUM';

/** A workspace in a span of time, in numbers; each domain counts its own. For ADMIN and MANAGER. */
export type WorkspaceStatistics = {
  readonly __typename?: 'WorkspaceStatistics';
  /** Its first instant. */
  readonly from: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  /** The meetings that ended, or were canceled, in it. */
  readonly meetings: MeetingStatistics;
  /** The instant behind its last. */
  readonly to: Scalars['DateTime']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Meeting: Meeting;
  User: User;
  WorkspaceStatistics: WorkspaceStatistics;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Meeting:
    ( { __typename: 'Meeting' }
    & GraphQLRecursivePick<FederationTypes['Meeting'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
  WorkspaceStatistics:
    ( { __typename: 'WorkspaceStatistics' }
    & GraphQLRecursivePick<FederationTypes['WorkspaceStatistics'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AgendaItem: ResolverTypeWrapper<AgendaItemRow>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  AttendanceState: AttendanceState;
  ChangeShareInput: ChangeShareInput;
  ConsentState: ConsentState;
  CreateMeetingInput: CreateMeetingInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteMeetingPayload: ResolverTypeWrapper<Omit<DeleteMeetingPayload, 'task'> & { task?: Maybe<ResolversTypes['Task']> }>;
  Meeting: ResolverTypeWrapper<MeetingRow>;
  MeetingConnection: ResolverTypeWrapper<Connection<MeetingRow>>;
  MeetingEdge: ResolverTypeWrapper<Omit<MeetingEdge, 'node'> & { node: ResolversTypes['Meeting'] }>;
  MeetingEvent: ResolverTypeWrapper<Omit<MeetingEvent, 'actor' | 'meeting'> & { actor?: Maybe<ResolversTypes['User']>, meeting?: Maybe<ResolversTypes['Meeting']> }>;
  MeetingEventKind: MeetingEventKind;
  MeetingFilter: MeetingFilter;
  MeetingPayload: ResolverTypeWrapper<Omit<MeetingPayload, 'meeting'> & { meeting?: Maybe<ResolversTypes['Meeting']> }>;
  MeetingPermissions: ResolverTypeWrapper<MeetingPermissions>;
  MeetingShare: ResolverTypeWrapper<MeetingShareRow>;
  MeetingShareConnection: ResolverTypeWrapper<Connection<MeetingShareRow>>;
  MeetingShareEdge: ResolverTypeWrapper<Omit<MeetingShareEdge, 'node'> & { node: ResolversTypes['MeetingShare'] }>;
  MeetingStatistics: ResolverTypeWrapper<MeetingStatistics>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  MeetingStatus: MeetingStatus;
  MeetingTemplate: ResolverTypeWrapper<Template>;
  MeetingTemplatePayload: ResolverTypeWrapper<Omit<MeetingTemplatePayload, 'template'> & { template?: Maybe<ResolversTypes['MeetingTemplate']> }>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Participant: ResolverTypeWrapper<ParticipantRow>;
  ParticipantConnection: ResolverTypeWrapper<Connection<ParticipantRow>>;
  ParticipantEdge: ResolverTypeWrapper<Omit<ParticipantEdge, 'node'> & { node: ResolversTypes['Participant'] }>;
  ParticipantInput: ParticipantInput;
  ParticipantRole: ParticipantRole;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ShareAccess: ShareAccess;
  ShareChange: ResolverTypeWrapper<ShareChangeRow>;
  ShareChangeKind: ShareChangeKind;
  ShareInvitation: ResolverTypeWrapper<Omit<ShareInvitation, 'share'> & { share: ResolversTypes['MeetingShare'] }>;
  ShareLink: ResolverTypeWrapper<ShareLink>;
  ShareLinkPayload: ResolverTypeWrapper<ShareLinkPayload>;
  ShareMeetingInput: ShareMeetingInput;
  SharePayload: ResolverTypeWrapper<Omit<SharePayload, 'meeting' | 'share'> & { meeting?: Maybe<ResolversTypes['Meeting']>, share?: Maybe<ResolversTypes['MeetingShare']> }>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Task: ResolverTypeWrapper<TaskSnapshot>;
  TaskError: ResolverTypeWrapper<TaskError>;
  TaskKind: TaskKind;
  TaskPriority: TaskPriority;
  TaskStatus: TaskStatus;
  UpdateMeetingInput: UpdateMeetingInput;
  User: ResolverTypeWrapper<EntityReference>;
  UserError: ResolverTypeWrapper<UserError>;
  VerificationPolicy: VerificationPolicy;
  WorkspaceStatistics: ResolverTypeWrapper<IdentifiedSpan>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AgendaItem: AgendaItemRow;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  ChangeShareInput: ChangeShareInput;
  CreateMeetingInput: CreateMeetingInput;
  DateTime: Scalars['DateTime']['output'];
  DeleteMeetingPayload: Omit<DeleteMeetingPayload, 'task'> & { task?: Maybe<ResolversParentTypes['Task']> };
  Meeting: MeetingRow;
  MeetingConnection: Connection<MeetingRow>;
  MeetingEdge: Omit<MeetingEdge, 'node'> & { node: ResolversParentTypes['Meeting'] };
  MeetingEvent: Omit<MeetingEvent, 'actor' | 'meeting'> & { actor?: Maybe<ResolversParentTypes['User']>, meeting?: Maybe<ResolversParentTypes['Meeting']> };
  MeetingFilter: MeetingFilter;
  MeetingPayload: Omit<MeetingPayload, 'meeting'> & { meeting?: Maybe<ResolversParentTypes['Meeting']> };
  MeetingPermissions: MeetingPermissions;
  MeetingShare: MeetingShareRow;
  MeetingShareConnection: Connection<MeetingShareRow>;
  MeetingShareEdge: Omit<MeetingShareEdge, 'node'> & { node: ResolversParentTypes['MeetingShare'] };
  MeetingStatistics: MeetingStatistics;
  Float: Scalars['Float']['output'];
  MeetingTemplate: Template;
  MeetingTemplatePayload: Omit<MeetingTemplatePayload, 'template'> & { template?: Maybe<ResolversParentTypes['MeetingTemplate']> };
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Participant: ParticipantRow;
  ParticipantConnection: Connection<ParticipantRow>;
  ParticipantEdge: Omit<ParticipantEdge, 'node'> & { node: ResolversParentTypes['Participant'] };
  ParticipantInput: ParticipantInput;
  Query: Record<PropertyKey, never>;
  ShareChange: ShareChangeRow;
  ShareInvitation: Omit<ShareInvitation, 'share'> & { share: ResolversParentTypes['MeetingShare'] };
  ShareLink: ShareLink;
  ShareLinkPayload: ShareLinkPayload;
  ShareMeetingInput: ShareMeetingInput;
  SharePayload: Omit<SharePayload, 'meeting' | 'share'> & { meeting?: Maybe<ResolversParentTypes['Meeting']>, share?: Maybe<ResolversParentTypes['MeetingShare']> };
  Subscription: Record<PropertyKey, never>;
  Task: TaskSnapshot;
  TaskError: TaskError;
  UpdateMeetingInput: UpdateMeetingInput;
  User: EntityReference;
  UserError: UserError;
  WorkspaceStatistics: IdentifiedSpan;
  String: Scalars['String']['output'];
  Boolean: Scalars['Boolean']['output'];
};

export type EventStreamDirectiveArgs = {
  audience?: Maybe<Scalars['String']['input']>;
  audienceRoles?: Maybe<ReadonlyArray<Scalars['String']['input']>>;
  endField?: Maybe<Scalars['String']['input']>;
  endValues?: Maybe<ReadonlyArray<Scalars['String']['input']>>;
  filter?: Maybe<Scalars['String']['input']>;
  guardAudience?: Maybe<Scalars['String']['input']>;
  guardField?: Maybe<Scalars['String']['input']>;
  guardSubject?: Maybe<Scalars['String']['input']>;
  latestOnly?: Maybe<Scalars['Boolean']['input']>;
  snapshot?: Maybe<Scalars['Boolean']['input']>;
  subject: Scalars['String']['input'];
};

export type EventStreamDirectiveResolver<Result, Parent, ContextType = Context, Args = EventStreamDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AgendaItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AgendaItem'] = ResolversParentTypes['AgendaItem']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  minutes?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteMeetingPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteMeetingPayload'] = ResolversParentTypes['DeleteMeetingPayload']> = {
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MeetingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Meeting'] = ResolversParentTypes['Meeting'], FederationReferenceType extends FederationReferenceTypes['Meeting'] = FederationReferenceTypes['Meeting']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Meeting']> | FederationReferenceType, FederationReferenceType, ContextType>;
  agenda?: Resolver<ReadonlyArray<ResolversTypes['AgendaItem']>, ParentType, ContextType>;
  autoAcceptActionItems?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  cancelReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  canceledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  closed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  language?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  minutesReadyAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  organizer?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  participants?: Resolver<ResolversTypes['ParticipantConnection'], ParentType, ContextType, Partial<MeetingParticipantsArgs>>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  scheduledEnd?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  scheduledStart?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  shareHistory?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ShareChange']>>, ParentType, ContextType>;
  sharedWithViewer?: Resolver<Maybe<ResolversTypes['MeetingShare']>, ParentType, ContextType>;
  shares?: Resolver<Maybe<ResolversTypes['MeetingShareConnection']>, ParentType, ContextType, Partial<MeetingSharesArgs>>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['MeetingStatus'], ParentType, ContextType>;
  template?: Resolver<Maybe<ResolversTypes['MeetingTemplate']>, ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  transcriptReadyAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  verificationPolicy?: Resolver<ResolversTypes['VerificationPolicy'], ParentType, ContextType>;
  viewerCan?: Resolver<ResolversTypes['MeetingPermissions'], ParentType, ContextType>;
};

export type MeetingConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MeetingConnection'] = ResolversParentTypes['MeetingConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MeetingEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MeetingEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MeetingEdge'] = ResolversParentTypes['MeetingEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Meeting'], ParentType, ContextType>;
};

export type MeetingEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MeetingEvent'] = ResolversParentTypes['MeetingEvent']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['MeetingEventKind'], ParentType, ContextType>;
  meeting?: Resolver<Maybe<ResolversTypes['Meeting']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MeetingPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MeetingPayload'] = ResolversParentTypes['MeetingPayload']> = {
  meeting?: Resolver<Maybe<ResolversTypes['Meeting']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MeetingPermissionsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MeetingPermissions'] = ResolversParentTypes['MeetingPermissions']> = {
  comment?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  delete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  edit?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  end?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  importTranscript?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  join?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  respond?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  share?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  uploadRecording?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  verify?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type MeetingShareResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MeetingShare'] = ResolversParentTypes['MeetingShare']> = {
  access?: Resolver<ResolversTypes['ShareAccess'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  live?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  openedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  sharedBy?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type MeetingShareConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MeetingShareConnection'] = ResolversParentTypes['MeetingShareConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MeetingShareEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MeetingShareEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MeetingShareEdge'] = ResolversParentTypes['MeetingShareEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['MeetingShare'], ParentType, ContextType>;
};

export type MeetingStatisticsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MeetingStatistics'] = ResolversParentTypes['MeetingStatistics']> = {
  averageParticipants?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  canceled?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  held?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hours?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  participants?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MeetingTemplateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MeetingTemplate'] = ResolversParentTypes['MeetingTemplate']> = {
  agenda?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  builtIn?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  defaultMinutes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  verificationPolicy?: Resolver<ResolversTypes['VerificationPolicy'], ParentType, ContextType>;
};

export type MeetingTemplatePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MeetingTemplatePayload'] = ResolversParentTypes['MeetingTemplatePayload']> = {
  template?: Resolver<Maybe<ResolversTypes['MeetingTemplate']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  acceptShareLink?: Resolver<ResolversTypes['ShareLinkPayload'], ParentType, ContextType, RequireFields<MutationAcceptShareLinkArgs, 'token' | 'userId'>>;
  addParticipants?: Resolver<ResolversTypes['MeetingPayload'], ParentType, ContextType, RequireFields<MutationAddParticipantsArgs, 'meetingId' | 'participants'>>;
  cancelMeeting?: Resolver<ResolversTypes['MeetingPayload'], ParentType, ContextType, RequireFields<MutationCancelMeetingArgs, 'id'>>;
  changeShare?: Resolver<ResolversTypes['SharePayload'], ParentType, ContextType, RequireFields<MutationChangeShareArgs, 'input'>>;
  createMeeting?: Resolver<ResolversTypes['MeetingPayload'], ParentType, ContextType, RequireFields<MutationCreateMeetingArgs, 'input'>>;
  deleteMeeting?: Resolver<ResolversTypes['DeleteMeetingPayload'], ParentType, ContextType, RequireFields<MutationDeleteMeetingArgs, 'id'>>;
  endMeeting?: Resolver<ResolversTypes['MeetingPayload'], ParentType, ContextType, RequireFields<MutationEndMeetingArgs, 'id'>>;
  giveRecordingConsent?: Resolver<ResolversTypes['MeetingPayload'], ParentType, ContextType, RequireFields<MutationGiveRecordingConsentArgs, 'consent' | 'meetingId'>>;
  joinMeeting?: Resolver<ResolversTypes['MeetingPayload'], ParentType, ContextType, RequireFields<MutationJoinMeetingArgs, 'meetingId'>>;
  leaveMeeting?: Resolver<ResolversTypes['MeetingPayload'], ParentType, ContextType, RequireFields<MutationLeaveMeetingArgs, 'meetingId'>>;
  removeParticipant?: Resolver<ResolversTypes['MeetingPayload'], ParentType, ContextType, RequireFields<MutationRemoveParticipantArgs, 'meetingId' | 'participantId'>>;
  respondToInvitation?: Resolver<ResolversTypes['MeetingPayload'], ParentType, ContextType, RequireFields<MutationRespondToInvitationArgs, 'accept' | 'meetingId'>>;
  revokeShare?: Resolver<ResolversTypes['SharePayload'], ParentType, ContextType, RequireFields<MutationRevokeShareArgs, 'shareId'>>;
  saveTemplate?: Resolver<ResolversTypes['MeetingTemplatePayload'], ParentType, ContextType, RequireFields<MutationSaveTemplateArgs, 'name'>>;
  setAttendance?: Resolver<ResolversTypes['MeetingPayload'], ParentType, ContextType, RequireFields<MutationSetAttendanceArgs, 'meetingId' | 'participantId' | 'state'>>;
  shareMeeting?: Resolver<ResolversTypes['SharePayload'], ParentType, ContextType, RequireFields<MutationShareMeetingArgs, 'input'>>;
  startMeeting?: Resolver<ResolversTypes['MeetingPayload'], ParentType, ContextType, RequireFields<MutationStartMeetingArgs, 'id'>>;
  updateMeeting?: Resolver<ResolversTypes['MeetingPayload'], ParentType, ContextType, RequireFields<MutationUpdateMeetingArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ParticipantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Participant'] = ResolversParentTypes['Participant']> = {
  attendance?: Resolver<ResolversTypes['AttendanceState'], ParentType, ContextType>;
  displayName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  joinedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  leftAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  recordingConsent?: Resolver<ResolversTypes['ConsentState'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['ParticipantRole'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type ParticipantConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ParticipantConnection'] = ResolversParentTypes['ParticipantConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ParticipantEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ParticipantEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ParticipantEdge'] = ResolversParentTypes['ParticipantEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Participant'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  meeting?: Resolver<Maybe<ResolversTypes['Meeting']>, ParentType, ContextType, RequireFields<QueryMeetingArgs, 'id'>>;
  meetingTemplates?: Resolver<ReadonlyArray<ResolversTypes['MeetingTemplate']>, ParentType, ContextType>;
  meetings?: Resolver<ResolversTypes['MeetingConnection'], ParentType, ContextType, Partial<QueryMeetingsArgs>>;
  shareInvitation?: Resolver<Maybe<ResolversTypes['ShareInvitation']>, ParentType, ContextType, RequireFields<QueryShareInvitationArgs, 'shareId'>>;
  shareLink?: Resolver<Maybe<ResolversTypes['ShareLink']>, ParentType, ContextType, RequireFields<QueryShareLinkArgs, 'token'>>;
  workspaceStatistics?: Resolver<ResolversTypes['WorkspaceStatistics'], ParentType, ContextType, RequireFields<QueryWorkspaceStatisticsArgs, 'from' | 'to'>>;
};

export type ShareChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShareChange'] = ResolversParentTypes['ShareChange']> = {
  access?: Resolver<ResolversTypes['ShareAccess'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ShareChangeKind'], ParentType, ContextType>;
  shareId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type ShareInvitationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShareInvitation'] = ResolversParentTypes['ShareInvitation']> = {
  meetingId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  share?: Resolver<ResolversTypes['MeetingShare'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ShareLinkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShareLink'] = ResolversParentTypes['ShareLink']> = {
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  meetingId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  shareId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ShareLinkPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShareLinkPayload'] = ResolversParentTypes['ShareLinkPayload']> = {
  link?: Resolver<Maybe<ResolversTypes['ShareLink']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SharePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SharePayload'] = ResolversParentTypes['SharePayload']> = {
  meeting?: Resolver<Maybe<ResolversTypes['Meeting']>, ParentType, ContextType>;
  share?: Resolver<Maybe<ResolversTypes['MeetingShare']>, ParentType, ContextType>;
  token?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  meetingEvents?: SubscriptionResolver<ResolversTypes['MeetingEvent'], "meetingEvents", ParentType, ContextType, RequireFields<SubscriptionMeetingEventsArgs, 'meetingId'>>;
};

export type TaskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Task'] = ResolversParentTypes['Task']> = {
  attempt?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['TaskError']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['TaskKind'], ParentType, ContextType>;
  maxAttempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  meeting?: Resolver<Maybe<ResolversTypes['Meeting']>, ParentType, ContextType>;
  nextAttemptAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  priority?: Resolver<ResolversTypes['TaskPriority'], ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  requestedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  stage?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TaskStatus'], ParentType, ContextType>;
};

export type TaskErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskError'] = ResolversParentTypes['TaskError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  meetings?: Resolver<ResolversTypes['MeetingConnection'], ParentType, ContextType, Partial<UserMeetingsArgs>>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type WorkspaceStatisticsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WorkspaceStatistics'] = ResolversParentTypes['WorkspaceStatistics'], FederationReferenceType extends FederationReferenceTypes['WorkspaceStatistics'] = FederationReferenceTypes['WorkspaceStatistics']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['WorkspaceStatistics']> | FederationReferenceType, FederationReferenceType, ContextType>;
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  meetings?: Resolver<ResolversTypes['MeetingStatistics'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AgendaItem?: AgendaItemResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteMeetingPayload?: DeleteMeetingPayloadResolvers<ContextType>;
  Meeting?: MeetingResolvers<ContextType>;
  MeetingConnection?: MeetingConnectionResolvers<ContextType>;
  MeetingEdge?: MeetingEdgeResolvers<ContextType>;
  MeetingEvent?: MeetingEventResolvers<ContextType>;
  MeetingPayload?: MeetingPayloadResolvers<ContextType>;
  MeetingPermissions?: MeetingPermissionsResolvers<ContextType>;
  MeetingShare?: MeetingShareResolvers<ContextType>;
  MeetingShareConnection?: MeetingShareConnectionResolvers<ContextType>;
  MeetingShareEdge?: MeetingShareEdgeResolvers<ContextType>;
  MeetingStatistics?: MeetingStatisticsResolvers<ContextType>;
  MeetingTemplate?: MeetingTemplateResolvers<ContextType>;
  MeetingTemplatePayload?: MeetingTemplatePayloadResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Participant?: ParticipantResolvers<ContextType>;
  ParticipantConnection?: ParticipantConnectionResolvers<ContextType>;
  ParticipantEdge?: ParticipantEdgeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ShareChange?: ShareChangeResolvers<ContextType>;
  ShareInvitation?: ShareInvitationResolvers<ContextType>;
  ShareLink?: ShareLinkResolvers<ContextType>;
  ShareLinkPayload?: ShareLinkPayloadResolvers<ContextType>;
  SharePayload?: SharePayloadResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Task?: TaskResolvers<ContextType>;
  TaskError?: TaskErrorResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  WorkspaceStatistics?: WorkspaceStatisticsResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  eventStream?: EventStreamDirectiveResolver<any, any, ContextType>;
};
