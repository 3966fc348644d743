import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { IdentifiedSpan } from '@hoerok/shared/statistics';
import type { TranscriptStatistics as TranscriptNumbers } from '../repositories/transcript-statistics.ts';
import type { Transcript as TranscriptRow } from '../entities/transcript.entity.ts';
import type { Speaker as SpeakerRow } from '../entities/speaker.entity.ts';
import type { Section as SectionRow } from '../entities/section.entity.ts';
import type { Segment as SegmentRow } from '../entities/segment.entity.ts';
import type { VerdictOnSection } from '../entities/section-verdict.entity.ts';
import type { Connection, EntityReference } from '@hoerok/shared/graphql';
import type { Hit, HitPage } from '@hoerok/shared/search';
import type { SegmentEdit as SegmentEditRow } from '../entities/segment-edit.entity.ts';
import type { SectionComment as CommentRow } from '../entities/section-comment.entity.ts';
import type { TranscriptNote as NoteRow } from '../entities/transcript-note.entity.ts';
import type { ValidationOfTask } from '../services/task-result.ts';
import type { ValidationFinding as FindingRow } from '../entities/validation-finding.entity.ts';
import type { ConflictOfEdit } from '../services/edit-section.ts';
import type { EditConflict } from '../domain/merge-edits.ts';
import type { NamedCapabilities } from '../speech/speech-to-text.ts';
import type { Recording as RecordingRow } from '../entities/recording.entity.ts';
import type { TaskParent } from '../repositories/task-repository.ts';
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

/** The format of a caption file. */
export type CaptionFormat =
  /** JSON of Fireflies, Otter, Whisper or of our own shape. */
  | 'JSON'
  /** SubRip. */
  | 'SRT'
  /** Plain text, one `Name: text` a line. */
  | 'TEXT'
  /** WebVTT. */
  | 'VTT';

/** The id of what was deleted, or why nothing was. */
export type DeleteRecordingPayload = {
  readonly __typename?: 'DeleteRecordingPayload';
  /** Null when nothing was deleted. */
  readonly deletedId?: Maybe<Scalars['ID']['output']>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** New texts and speakers for segments of one section. */
export type EditSectionInput = {
  /**
   * Revision the edits are based on. When the section has moved on, edits of segments that nobody has touched since are merged;
   * else nothing is written, and `conflict` says what stands against what.
   */
  readonly baseRevision: Scalars['Int']['input'];
  /** Each segment once. */
  readonly edits: ReadonlyArray<SegmentEdit>;
  /** The section. */
  readonly sectionId: Scalars['ID']['input'];
};

/** A link to a file, good for a few minutes, and only as long as who asked for it may see the meeting. Whoever has it can use it. */
export type ExportLink = {
  readonly __typename?: 'ExportLink';
  /** The link is refused from then on. */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** What the file is called. */
  readonly filename: Scalars['String']['output'];
  /** Its media type. */
  readonly mimeType: Scalars['String']['output'];
  /** Answers GET with the file. */
  readonly url: Scalars['String']['output'];
};

/** A header to send along. */
export type HttpHeader = {
  readonly __typename?: 'HttpHeader';
  /** In lower case. */
  readonly name: Scalars['String']['output'];
  /** As it is sent. */
  readonly value: Scalars['String']['output'];
};

/** Captions to import into a meeting: exactly one of content and uploadId. */
export type ImportTranscriptInput = {
  /** The same value gives the same task, however often it is sent. */
  readonly clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The captions themselves, at most 2 MiB of UTF-8. */
  readonly content?: InputMaybe<Scalars['String']['input']>;
  /** @default told from the content */
  readonly format?: InputMaybe<CaptionFormat>;
  /** BCP 47 tag. @default what the captions say, else the language of the meeting */
  readonly language?: InputMaybe<Scalars['String']['input']>;
  /** The meeting they are of. */
  readonly meetingId: Scalars['ID']['input'];
  /** A file sent with createUpload, at most 20 MiB. */
  readonly uploadId?: InputMaybe<Scalars['ID']['input']>;
};

/** A meeting that may have a transcript. */
export type Meeting = {
  readonly __typename?: 'Meeting';
  readonly id: Scalars['ID']['output'];
  /** Those that have arrived, newest first, at most 100; none for who holds a share alone. */
  readonly recordings: ReadonlyArray<Recording>;
  /** The transcript of the latest import or transcription; null until one is there. */
  readonly transcript?: Maybe<Transcript>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Says who a speaker is, a participant of the meeting; null takes the name away. */
  readonly assignSpeaker: TranscriptPayload;
  /** Says something about a section, or about one segment of it. */
  readonly commentOnSection: SectionCommentPayload;
  /**
   * Asks for a place to send one file of `bytes` bytes: captions (text/vtt, application/x-subrip, application/json, text/plain) or a
   * recording (audio/wav, audio/flac, audio/mpeg, audio/mp4, audio/ogg, audio/webm, audio/amr, video/mp4, video/webm).
   * CONSENT_REFUSED when somebody who takes part does not agree to being recorded.
   */
  readonly createUpload: UploadPayload;
  /**
   * Deletes a recording for good, or an upload that has not ended; with `derived` also the transcripts that were made of it, and
   * what was made of those. For its sender, the organizer, MANAGER and ADMIN. @default derived: false
   */
  readonly deleteRecording: DeleteRecordingPayload;
  /**
   * Corrects texts and who speaks. Verdicts on the revision before become stale. On an older revision edits of other segments than
   * those changed since are merged; of the same ones nothing is written, and `conflict` holds both versions.
   */
  readonly editSection: SectionPayload;
  /** Starts the import of captions and answers at once; follow the task. */
  readonly importTranscript: TranscriptTaskPayload;
  /** Locks a VERIFIED transcript: nothing of it changes any more. For the organizer, MANAGER and ADMIN. */
  readonly lockTranscript: TranscriptPayload;
  /** Makes one speaker of two: what `fromId` said is said by `intoId`, who stays. Verdicts stay as they are. */
  readonly mergeSpeakers: TranscriptPayload;
  /** Gives a speaker another label; CONFLICT when another speaker has it. */
  readonly renameSpeaker: TranscriptPayload;
  /** Marks a comment as dealt with: its author may, and who may edit. */
  readonly resolveComment: SectionCommentPayload;
  /** Cuts a section in two before one of its segments; CONFLICT for another revision. Verdicts on it become stale. */
  readonly splitSection: SplitSectionPayload;
  /**
   * Starts the transcription of a recording and answers at once; follow the task. STT_NOT_CONFIGURED when nothing is set up that
   * could do it: the recording stays. CONSENT_REFUSED when somebody who takes part does not agree to being recorded.
   */
  readonly transcribeRecording: TranscriptTaskPayload;
  /** Lets a locked transcript be changed again; the reason stays in its history. For the organizer and ADMIN. */
  readonly unlockTranscript: TranscriptPayload;
  /** Checks a transcript for what looks wrong, as a task; the same revision gives the same task. */
  readonly validateTranscript: TranscriptTaskPayload;
  /**
   * Gives the viewer's verdict on one revision of a section; a second one replaces the first. Participants may, and who holds a
   * share for verifying: approvals of the latter are shown and do not count.
   */
  readonly verifySection: SectionPayload;
};


export type MutationAssignSpeakerArgs = {
  speakerId: Scalars['ID']['input'];
  userId?: InputMaybe<Scalars['ID']['input']>;
};


export type MutationCommentOnSectionArgs = {
  sectionId: Scalars['ID']['input'];
  segmentId?: InputMaybe<Scalars['ID']['input']>;
  text: Scalars['String']['input'];
};


export type MutationCreateUploadArgs = {
  bytes: Scalars['Float']['input'];
  filename: Scalars['String']['input'];
  meetingId: Scalars['ID']['input'];
  mimeType: Scalars['String']['input'];
};


export type MutationDeleteRecordingArgs = {
  derived?: InputMaybe<Scalars['Boolean']['input']>;
  id: Scalars['ID']['input'];
};


export type MutationEditSectionArgs = {
  input: EditSectionInput;
};


export type MutationImportTranscriptArgs = {
  input: ImportTranscriptInput;
};


export type MutationLockTranscriptArgs = {
  id: Scalars['ID']['input'];
};


export type MutationMergeSpeakersArgs = {
  fromId: Scalars['ID']['input'];
  intoId: Scalars['ID']['input'];
};


export type MutationRenameSpeakerArgs = {
  label: Scalars['String']['input'];
  speakerId: Scalars['ID']['input'];
};


export type MutationResolveCommentArgs = {
  id: Scalars['ID']['input'];
};


export type MutationSplitSectionArgs = {
  atSegmentId: Scalars['ID']['input'];
  baseRevision: Scalars['Int']['input'];
  sectionId: Scalars['ID']['input'];
};


export type MutationTranscribeRecordingArgs = {
  input: TranscribeRecordingInput;
};


export type MutationUnlockTranscriptArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


export type MutationValidateTranscriptArgs = {
  id: Scalars['ID']['input'];
};


export type MutationVerifySectionArgs = {
  comment?: InputMaybe<Scalars['String']['input']>;
  revision: Scalars['Int']['input'];
  sectionId: Scalars['ID']['input'];
  verdict: Verdict;
};

/** Position of a page in a list. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

export type Query = {
  readonly __typename?: 'Query';
  /**
   * Finds what was said, in the newest transcripts of all meetings the viewer may see. Words all have to be there, a "quoted phrase" as
   * it stands, and -excluded words not at all; English words in any form, Korean words with any particle. At most 200 characters,
   * and 100 hits a page. @default 20
   */
  readonly searchTranscripts: TranscriptHitConnection;
  /** What recordings can be transcribed with; the first is taken when none is asked for. Empty when nothing is set up. */
  readonly speechToTextProviders: ReadonlyArray<SpeechToTextProvider>;
  /** One transcript; null when it does not exist or the viewer may not see it. */
  readonly transcript?: Maybe<Transcript>;
};


export type QuerySearchTranscriptsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TranscriptSearchFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  text: Scalars['String']['input'];
};


export type QueryTranscriptArgs = {
  id: Scalars['ID']['input'];
};

/** A recording of a meeting. Visible to who takes part in the meeting, MANAGER and ADMIN; a share of the meeting does not show it. */
export type Recording = {
  readonly __typename?: 'Recording';
  /** Its size. */
  readonly bytes: Scalars['Float']['output'];
  /** SHA-256 of the file, in hexadecimal. */
  readonly checksum: Scalars['String']['output'];
  /** When it was asked for. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Who sent it. */
  readonly createdBy: User;
  /** Null for kinds of files that do not begin with it. */
  readonly durationMs?: Maybe<Scalars['Int']['output']>;
  /** From then on playbackUrl opens nothing; ask for a new one. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Name of the file, as its sender had it. */
  readonly filename: Scalars['String']['output'];
  readonly id: Scalars['ID']['output'];
  /** The meeting it is of. */
  readonly meeting: Meeting;
  /** As its first bytes say, for example audio/wav. */
  readonly mimeType: Scalars['String']['output'];
  /** Where to hear it, for the viewer alone; takes `range`. Null while somebody who takes part does not agree to being recorded. */
  readonly playbackUrl?: Maybe<Scalars['String']['output']>;
};

/** Somebody else has changed the same segments: everything it takes to decide what they should be. */
export type RevisionConflict = {
  readonly __typename?: 'RevisionConflict';
  /** Revision that the edit was based on. */
  readonly baseRevision: Scalars['Int']['output'];
  /** One for each segment that stands against another version, in the order of the edits. */
  readonly conflicts: ReadonlyArray<SegmentConflict>;
  /** The section as it is now; edit again on its revision. */
  readonly current: TranscriptSection;
};

/** What can happen to a section. */
export type SectionChange =
  /** Somebody approved it; or others left the meeting, and the approvals that are there are enough now. */
  | 'APPROVED'
  /** Somebody commented on it. */
  | 'COMMENTED'
  /** A comment on it was resolved. */
  | 'COMMENT_RESOLVED'
  /** Somebody says that it is wrong. */
  | 'DISPUTED'
  /** Its text, or who speaks, was corrected. */
  | 'EDITED'
  /** Of the whole transcript: nothing of it changes any more. */
  | 'LOCKED'
  /** Of the whole transcript: a speaker was assigned, renamed or merged with another one. */
  | 'SPEAKERS_CHANGED'
  /** It was cut in two: told of both parts. */
  | 'SPLIT'
  /** Approvals do not suffice any more, as people joined the meeting. */
  | 'STALE'
  /** Of the whole transcript: it may be changed again. */
  | 'UNLOCKED';

/** What somebody says about a section or one of its segments. */
export type SectionComment = {
  readonly __typename?: 'SectionComment';
  /** When it was said. */
  readonly at: Scalars['DateTime']['output'];
  /** Who said it. */
  readonly author: User;
  readonly id: Scalars['ID']['output'];
  /** When that was. */
  readonly resolvedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who has dealt with it; null while nobody has. */
  readonly resolvedBy?: Maybe<User>;
  /** Revision of the section that its author saw. */
  readonly revision: Scalars['Int']['output'];
  /** The segment it is about; null for the section as a whole. */
  readonly segment?: Maybe<TranscriptSegment>;
  /** One line. */
  readonly text: Scalars['String']['output'];
};

/** A page of comments. */
export type SectionCommentConnection = {
  readonly __typename?: 'SectionCommentConnection';
  readonly edges: ReadonlyArray<SectionCommentEdge>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

/** A comment and its place in the list. */
export type SectionCommentEdge = {
  readonly __typename?: 'SectionCommentEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: SectionComment;
};

/** The comment as it is now, or why nothing was changed. */
export type SectionCommentPayload = {
  readonly __typename?: 'SectionCommentPayload';
  /** The comment; null when nothing was changed. */
  readonly comment?: Maybe<SectionComment>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A page of sections. */
export type SectionConnection = {
  readonly __typename?: 'SectionConnection';
  readonly edges: ReadonlyArray<SectionEdge>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

/** A section and its place in the list. */
export type SectionEdge = {
  readonly __typename?: 'SectionEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: TranscriptSection;
};

/** The section as it is now, or why nothing was changed. */
export type SectionPayload = {
  readonly __typename?: 'SectionPayload';
  /** True when the edit was based on an older revision and fitted in. */
  readonly autoMerged: Scalars['Boolean']['output'];
  /** What an edit conflicts with, beside the user error CONFLICT; nothing was written then. */
  readonly conflict?: Maybe<RevisionConflict>;
  /** The section; null when nothing was changed. */
  readonly section?: Maybe<TranscriptSection>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** How far the verification of one section is, under the policy of its meeting. */
export type SectionState =
  /** Somebody who takes part, or holds a share for verifying, says that it is wrong. */
  | 'DISPUTED'
  /** Approvals are there, but not yet those that the policy asks for. */
  | 'PARTIAL'
  /** No verdict on this revision. */
  | 'UNVERIFIED'
  /** Approved as the policy asks. */
  | 'VERIFIED';

/** Something that has happened to a section. */
export type SectionUpdate = {
  readonly __typename?: 'SectionUpdate';
  /** Who did it; null for the platform. */
  readonly actor?: Maybe<User>;
  /** What has happened. */
  readonly change: SectionChange;
  /** Revision of the section then; approvals and disputes leave it as it is. Of the transcript for changes of the whole. */
  readonly revision: Scalars['Int']['output'];
  /** The section as it is by now; null when it cannot be seen any more, and for changes of the whole transcript. */
  readonly section?: Maybe<TranscriptSection>;
  /** State of the section that came of it; for the whole transcript what the states of all sections amount to. */
  readonly state: SectionState;
  /** The transcript as it is by now; null when it cannot be seen any more, and in events of before it was told. */
  readonly transcript?: Maybe<Transcript>;
};

/** A verdict on one revision of a section; a later edit leaves it in the history as stale. */
export type SectionVerification = {
  readonly __typename?: 'SectionVerification';
  /** When it was given. */
  readonly at: Scalars['DateTime']['output'];
  /** Why. */
  readonly comment?: Maybe<Scalars['String']['output']>;
  readonly id: Scalars['ID']['output'];
  /** Revision of the section that was read. */
  readonly revision: Scalars['Int']['output'];
  /** True when the section has been edited since. */
  readonly stale: Scalars['Boolean']['output'];
  /** What they said. */
  readonly verdict: Verdict;
  /** Who gave it. */
  readonly verifier: User;
};

/** Three versions of a segment. */
export type SegmentConflict = {
  readonly __typename?: 'SegmentConflict';
  /** Who was said to speak at the revision that the edit was based on. */
  readonly baseSpeaker?: Maybe<Speaker>;
  /** Its text at the revision that the edit was based on. */
  readonly baseText: Scalars['String']['output'];
  /** The segment as it is now. */
  readonly segment: TranscriptSegment;
  /** When that was written. */
  readonly theirAt: Scalars['DateTime']['output'];
  /** Who wrote what is there now; null for edits of before editors were noted. */
  readonly theirEditor?: Maybe<User>;
  /** Who is said to speak now. */
  readonly theirSpeaker?: Maybe<Speaker>;
  /** Its text now. */
  readonly theirText: Scalars['String']['output'];
  /** Who speaks as the edit wants it. */
  readonly yourSpeaker?: Maybe<Speaker>;
  /** Its text as the edit wants it. */
  readonly yourText: Scalars['String']['output'];
};

/** A page of segments. */
export type SegmentConnection = {
  readonly __typename?: 'SegmentConnection';
  readonly edges: ReadonlyArray<SegmentEdge>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

/** A segment and its place in the list. */
export type SegmentEdge = {
  readonly __typename?: 'SegmentEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: TranscriptSegment;
};

/** What one segment should be; at least one of text and speakerId. */
export type SegmentEdit = {
  /** A segment of the section. */
  readonly segmentId: Scalars['ID']['input'];
  /** A speaker of the transcript; null says that it is not known who speaks. @default as it is */
  readonly speakerId?: InputMaybe<Scalars['ID']['input']>;
  /** One line; line breaks become spaces. @default as it is */
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

/** One accepted edit of a segment. */
export type SegmentRevision = {
  readonly __typename?: 'SegmentRevision';
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** True when it was based on an older revision of the section and fitted in. */
  readonly autoMerged: Scalars['Boolean']['output'];
  /** Who edited; null for edits of before editors were noted. */
  readonly editor?: Maybe<User>;
  /** Revision that the edit gave to the segment. */
  readonly revision: Scalars['Int']['output'];
  /** Revision that it gave to the section. */
  readonly sectionRevision: Scalars['Int']['output'];
  /** Who has been said to speak since. */
  readonly speakerAfter?: Maybe<Speaker>;
  /** Who had been said to speak. */
  readonly speakerBefore?: Maybe<Speaker>;
  /** The text that it wrote. */
  readonly textAfter: Scalars['String']['output'];
  /** The text that it replaced. */
  readonly textBefore: Scalars['String']['output'];
};

/** A page of edits. */
export type SegmentRevisionConnection = {
  readonly __typename?: 'SegmentRevisionConnection';
  readonly edges: ReadonlyArray<SegmentRevisionEdge>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

/** An edit and its place in the list. */
export type SegmentRevisionEdge = {
  readonly __typename?: 'SegmentRevisionEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: SegmentRevision;
};

/** A voice of a transcript, as the captions name it. */
export type Speaker = {
  readonly __typename?: 'Speaker';
  readonly id: Scalars['ID']['output'];
  /** Name or number in the captions, for example `Speaker 1`. */
  readonly label: Scalars['String']['output'];
  /** Time of all segments together. */
  readonly talkMs: Scalars['Int']['output'];
  /** Who that is; null until assignSpeaker says so. */
  readonly user?: Maybe<User>;
  /** Words of all segments together. */
  readonly words: Scalars['Int']['output'];
};

/** Something that turns speech into text. */
export type SpeechToTextProvider = {
  readonly __typename?: 'SpeechToTextProvider';
  /** False while it does not answer, or when its program is not installed. */
  readonly available: Scalars['Boolean']['output'];
  /** Whether it tells speakers apart. */
  readonly diarization: Scalars['Boolean']['output'];
  /** BCP 47 tags; null for any language. */
  readonly languages?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Models that it uses. */
  readonly models: ReadonlyArray<Scalars['String']['output']>;
  /** For transcribeRecording. */
  readonly name: Scalars['String']['output'];
  /** What to expect of it. @default English; Korean for `ko` */
  readonly note: Scalars['String']['output'];
};


/** Something that turns speech into text. */
export type SpeechToTextProviderNoteArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};

/** Both parts of a section that was split, or why it was not. */
export type SplitSectionPayload = {
  readonly __typename?: 'SplitSectionPayload';
  /** The second part; null when nothing was changed. */
  readonly newSection?: Maybe<TranscriptSection>;
  /** The first part, which keeps the id; null when nothing was changed. */
  readonly section?: Maybe<TranscriptSection>;
  readonly userErrors: ReadonlyArray<UserError>;
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * Edits, splits, verdicts and comments on the sections of a meeting's transcript as they happen, for those who may see the meeting,
   * MANAGER and ADMIN; who takes part no longer is sent away with FORBIDDEN.
   */
  readonly sectionUpdates: SectionUpdate;
};


export type SubscriptionSectionUpdatesArgs = {
  meetingId: Scalars['ID']['input'];
};

/** Long work; visible to who asked for it, to whom it concerns, and to ADMIN and MANAGER. The subgraph that runs it adds the result to this entity. */
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
  /** The transcript that the task made or checked; null until it has COMPLETED. */
  readonly transcript?: Maybe<Transcript>;
  /** What a TRANSCRIPT_VALIDATION task found; null until it has COMPLETED. */
  readonly validation?: Maybe<TranscriptValidation>;
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

/** A part of a text, counted in UTF-16 code units from 0. */
export type TextRange = {
  readonly __typename?: 'TextRange';
  /** Behind the last character. */
  readonly endChar: Scalars['Int']['output'];
  /** First character. */
  readonly startChar: Scalars['Int']['output'];
};

/** A recording to transcribe. */
export type TranscribeRecordingInput = {
  /** The same value gives the same task, however often it is sent. */
  readonly clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** BCP 47 tag; `mul` lets the provider find out. @default the language of the meeting */
  readonly language?: InputMaybe<Scalars['String']['input']>;
  /** Name of a provider of speechToTextProviders. @default the first of them */
  readonly provider?: InputMaybe<Scalars['String']['input']>;
  /** The recording: the uploadId of its ticket. */
  readonly recordingId: Scalars['ID']['input'];
};

/** What was said in a meeting, word for word. Visible to whoever sees the meeting. */
export type Transcript = {
  readonly __typename?: 'Transcript';
  /** When the import ended. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** False once a later import of the same meeting has taken its place. */
  readonly current: Scalars['Boolean']['output'];
  /** From the start of the meeting to the end of the last segment. */
  readonly durationMs: Scalars['Int']['output'];
  /** A link to the transcript as a file, as it is when the link is used. */
  readonly export: ExportLink;
  /** When it was locked or unlocked, and what became of its speakers, oldest first. @default 20 */
  readonly history: TranscriptNoteConnection;
  readonly id: Scalars['ID']['output'];
  /** BCP 47 tag, or `mul` for several languages. */
  readonly language: Scalars['String']['output'];
  /** The meeting it is of. */
  readonly meeting: Meeting;
  /** What it was imported from, or that it was heard. */
  readonly origin: TranscriptOrigin;
  /** What made the text: `captions` for an import, else the name of a provider of speech to text. */
  readonly provider: Scalars['String']['output'];
  /** What the provider calls the model that it used; null for an import. */
  readonly providerModel?: Maybe<Scalars['String']['output']>;
  /** The recording it was heard in; null for an import, when that is gone, and for who holds a share alone. */
  readonly recording?: Maybe<Recording>;
  /** Rises with every change of a text or of who speaks. */
  readonly revision: Scalars['Int']['output'];
  /** In the order of the meeting. @default 20 */
  readonly sections: SectionConnection;
  /** In the order of the meeting, at most 500 a page; of one speaker, or holding a text or what searchTranscripts finds with it, when asked. @default 20 */
  readonly segments: SegmentConnection;
  /** Who speaks, in the order of their first words. */
  readonly speakers: ReadonlyArray<Speaker>;
  /** How far its verification is. */
  readonly state: TranscriptState;
  /** Its verification in numbers. */
  readonly verification: VerificationProgress;
  /** Words between white space; 어절 in Korean. */
  readonly wordCount: Scalars['Int']['output'];
};


/** What was said in a meeting, word for word. Visible to whoever sees the meeting. */
export type TranscriptExportArgs = {
  format: TranscriptExportFormat;
};


/** What was said in a meeting, word for word. Visible to whoever sees the meeting. */
export type TranscriptHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What was said in a meeting, word for word. Visible to whoever sees the meeting. */
export type TranscriptSectionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What was said in a meeting, word for word. Visible to whoever sees the meeting. */
export type TranscriptSegmentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  speakerId?: InputMaybe<Scalars['ID']['input']>;
  text?: InputMaybe<Scalars['String']['input']>;
};

/** A form in which a transcript can be taken along. */
export type TranscriptExportFormat =
  /** Everything, for programs: can be imported again without loss; docs/exports.md describes the fields. */
  | 'JSON'
  /** CommonMark, a heading a section. */
  | 'MARKDOWN'
  /** SubRip with `Name: text`: can be imported again as far as labels look like names. */
  | 'SRT'
  /** Plain text, a line a segment: `[00:01:02] Name: text`. */
  | 'TXT'
  /** WebVTT with voices: times, texts and speakers can be imported again. */
  | 'VTT';

/** A segment that a search has found. */
export type TranscriptHit = {
  readonly __typename?: 'TranscriptHit';
  /** Parts of the segment's text that the search speaks of. */
  readonly highlights: ReadonlyArray<TextRange>;
  /** 0 to 1. Orders the hits of one search; it is not a probability. */
  readonly score: Scalars['Float']['output'];
  /** Where it was said. */
  readonly segment: TranscriptSegment;
};

/** A page of hits, the best first and of equal ones the newest. */
export type TranscriptHitConnection = {
  readonly __typename?: 'TranscriptHitConnection';
  readonly edges: ReadonlyArray<TranscriptHitEdge>;
  readonly pageInfo: PageInfo;
  /** All that match, on whatever page. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A hit and its place in the list. */
export type TranscriptHitEdge = {
  readonly __typename?: 'TranscriptHitEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: TranscriptHit;
};

/** Something that has happened to a transcript as a whole. */
export type TranscriptNote = {
  readonly __typename?: 'TranscriptNote';
  /** Who did it. */
  readonly actor: User;
  /** Label of the speaker since. */
  readonly after?: Maybe<Scalars['String']['output']>;
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** Label of the speaker before. */
  readonly before?: Maybe<Scalars['String']['output']>;
  readonly id: Scalars['ID']['output'];
  /** What has happened. */
  readonly kind: TranscriptNoteKind;
  /** Why, for an UNLOCKED. */
  readonly reason?: Maybe<Scalars['String']['output']>;
};

/** A page of what happened to a transcript. */
export type TranscriptNoteConnection = {
  readonly __typename?: 'TranscriptNoteConnection';
  readonly edges: ReadonlyArray<TranscriptNoteEdge>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

/** A note and its place in the list. */
export type TranscriptNoteEdge = {
  readonly __typename?: 'TranscriptNoteEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: TranscriptNote;
};

/** What can happen to a transcript as a whole. */
export type TranscriptNoteKind =
  /** Nothing of it changes any more. */
  | 'LOCKED'
  /** Two speakers were one person: `before` is said by `after`. */
  | 'SPEAKERS_MERGED'
  /** A speaker got another label. */
  | 'SPEAKER_RENAMED'
  /** It may be changed again; `reason` says why. */
  | 'UNLOCKED';

/** Where the text of a transcript comes from. */
export type TranscriptOrigin =
  /** JSON of Fireflies, Otter, Whisper or of our own shape. */
  | 'IMPORT_JSON'
  /** SubRip captions. */
  | 'IMPORT_SRT'
  /** Plain text, one `Name: text` a line. */
  | 'IMPORT_TEXT'
  /** WebVTT captions, for example of Teams or Zoom. */
  | 'IMPORT_VTT'
  /** Heard in a recording, by `provider` and its `providerModel`. */
  | 'STT';

/** The transcript as it is now, or why nothing was changed. */
export type TranscriptPayload = {
  readonly __typename?: 'TranscriptPayload';
  /** The transcript; null when nothing was changed. */
  readonly transcript?: Maybe<Transcript>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Where to search; all conditions hold. */
export type TranscriptSearchFilter = {
  /** In meetings that began at or after, by their plan when they never began. */
  readonly from?: InputMaybe<Scalars['DateTime']['input']>;
  /** In the transcript of this meeting. */
  readonly meetingId?: InputMaybe<Scalars['ID']['input']>;
  /** Said by this speaker of a transcript. */
  readonly speakerId?: InputMaybe<Scalars['ID']['input']>;
  /** In meetings that began before. */
  readonly to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** About five minutes of a transcript: what participants verify and edit at a time. */
export type TranscriptSection = {
  readonly __typename?: 'TranscriptSection';
  /** What people say about it, oldest first, resolved comments too. @default 20 */
  readonly comments: SectionCommentConnection;
  /** SHA-256 of its texts, in hexadecimal. */
  readonly contentHash: Scalars['String']['output'];
  /** From the start of the meeting. */
  readonly endMs: Scalars['Int']['output'];
  readonly id: Scalars['ID']['output'];
  /** From 0, in the order of the meeting. */
  readonly index: Scalars['Int']['output'];
  /** Participants whose verdict on this revision the policy still waits for. */
  readonly pendingVerifiers: ReadonlyArray<User>;
  /** Rises with every edit; verdicts and edits are given on one revision. */
  readonly revision: Scalars['Int']['output'];
  /** In the order of the meeting, at most 500 a page. @default 20 */
  readonly segments: SegmentConnection;
  /** From the start of the meeting. */
  readonly startMs: Scalars['Int']['output'];
  /** How far its verification is. */
  readonly state: SectionState;
  /** Its first words. */
  readonly title?: Maybe<Scalars['String']['output']>;
  /** The transcript it is part of. */
  readonly transcript: Transcript;
  /** All verdicts ever given, oldest first. */
  readonly verifications: ReadonlyArray<SectionVerification>;
  /** The viewer's verdict on this revision. */
  readonly viewerVerification?: Maybe<SectionVerification>;
};


/** About five minutes of a transcript: what participants verify and edit at a time. */
export type TranscriptSectionCommentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** About five minutes of a transcript: what participants verify and edit at a time. */
export type TranscriptSectionSegmentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** One stretch of speech: a cue, sentence or turn of the captions. */
export type TranscriptSegment = {
  readonly __typename?: 'TranscriptSegment';
  /** 0 to 1, when the captions state it. */
  readonly confidence?: Maybe<Scalars['Float']['output']>;
  /** True once somebody has corrected it. */
  readonly edited: Scalars['Boolean']['output'];
  /** From the start of the meeting. */
  readonly endMs: Scalars['Int']['output'];
  /** Every edit that was accepted, oldest first, with the text it replaced. @default 20 */
  readonly history: SegmentRevisionConnection;
  readonly id: Scalars['ID']['output'];
  /** As it was imported. */
  readonly originalText: Scalars['String']['output'];
  /** Rises with every edit of this segment. */
  readonly revision: Scalars['Int']['output'];
  /** The section it is part of. */
  readonly section: TranscriptSection;
  /** From 0, in the order of the meeting. */
  readonly seq: Scalars['Int']['output'];
  /** Null when the captions do not say who speaks. */
  readonly speaker?: Maybe<Speaker>;
  /** From the start of the meeting. */
  readonly startMs: Scalars['Int']['output'];
  /** One line, as it is now. */
  readonly text: Scalars['String']['output'];
};


/** One stretch of speech: a cue, sentence or turn of the captions. */
export type TranscriptSegmentHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** How far the verification of a transcript is. */
export type TranscriptState =
  /** Nobody has given a verdict on its text as it is now. */
  | 'DRAFT'
  /** Some verdicts are there. */
  | 'IN_VERIFICATION'
  /** It was VERIFIED and somebody locked it: texts, speakers, sections and verdicts stay as they are. */
  | 'LOCKED'
  /** Every section is VERIFIED. */
  | 'VERIFIED';

/** Transcripts of a span of time in numbers. */
export type TranscriptStatistics = {
  readonly __typename?: 'TranscriptStatistics';
  /** Hours of all of them. */
  readonly hours: Scalars['Float']['output'];
  /** Sections of all of them. */
  readonly sections: Scalars['Int']['output'];
  /** Sections that are VERIFIED. */
  readonly sectionsVerified: Scalars['Int']['output'];
  /** How many there are. */
  readonly transcripts: Scalars['Int']['output'];
  /** Share of the verified ones, 0 to 1; null when there are no sections. */
  readonly verifiedShare?: Maybe<Scalars['Float']['output']>;
  /** Words of all of them. */
  readonly words: Scalars['Float']['output'];
};

/** The task that was accepted, or why not. */
export type TranscriptTaskPayload = {
  readonly __typename?: 'TranscriptTaskPayload';
  /** The task; null when nothing was accepted. */
  readonly task?: Maybe<Task>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The result of a check: what looks wrong in a transcript. It changes nothing. */
export type TranscriptValidation = {
  readonly __typename?: 'TranscriptValidation';
  /** Segments that were looked at: all of the transcript. */
  readonly checkedSegments: Scalars['Int']['output'];
  /** In the order of the meeting. @default 20 */
  readonly findings: ValidationFindingConnection;
  /** All that was found; the list below ends at 2,000. */
  readonly foundTotal: Scalars['Int']['output'];
  /** Revision of the transcript that was checked. */
  readonly transcriptRevision: Scalars['Int']['output'];
};


/** The result of a check: what looks wrong in a transcript. It changes nothing. */
export type TranscriptValidationFindingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** The ticket for one upload, or why not. */
export type UploadPayload = {
  readonly __typename?: 'UploadPayload';
  /** The ticket; null when none was given. */
  readonly ticket?: Maybe<UploadTicket>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What a file is sent for; its media type says it. */
export type UploadPurpose =
  /** Captions, to be imported. */
  | 'CAPTIONS'
  /** A recording, to be heard and transcribed. */
  | 'RECORDING';

/** Permission to send one file: a request with this method and these headers to the URL. */
export type UploadTicket = {
  readonly __typename?: 'UploadTicket';
  /** The URL refuses files from then on. */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** Headers to send along. */
  readonly headers: ReadonlyArray<HttpHeader>;
  /** A larger file is refused with 413 and TOO_LARGE. A recording has exactly the bytes that the ticket was asked for with. */
  readonly maxBytes: Scalars['Float']['output'];
  /** PUT. */
  readonly method: Scalars['String']['output'];
  /** What the file is for. */
  readonly purpose: UploadPurpose;
  /** For importTranscript, once the file is there; of a recording the id that it has from then on. */
  readonly uploadId: Scalars['ID']['output'];
  /** Where to send the file. */
  readonly url: Scalars['String']['output'];
};

/** A person of the workspace. */
export type User = {
  readonly __typename?: 'User';
  readonly id: Scalars['ID']['output'];
  /** Sections that wait for the viewer's verdict, oldest first; empty on everybody but the viewer. @default 20 */
  readonly pendingVerifications: SectionConnection;
};


/** A person of the workspace. */
export type UserPendingVerificationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
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

/** What looks wrong about one segment. */
export type ValidationFinding = {
  readonly __typename?: 'ValidationFinding';
  /** For people. @default the language of the transcript; Korean for `ko`, else English */
  readonly message: Scalars['String']['output'];
  /** What was found. */
  readonly rule: ValidationRule;
  /** The segment, as it is now. */
  readonly segment: TranscriptSegment;
};


/** What looks wrong about one segment. */
export type ValidationFindingMessageArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};

/** A page of findings. */
export type ValidationFindingConnection = {
  readonly __typename?: 'ValidationFindingConnection';
  readonly edges: ReadonlyArray<ValidationFindingEdge>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

/** A finding and its place in the list. */
export type ValidationFindingEdge = {
  readonly __typename?: 'ValidationFindingEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: ValidationFinding;
};

/** What a check looks for. */
export type ValidationRule =
  /** No words, apart from what stands in brackets. */
  | 'EMPTY'
  /** Silence of more than a minute before the segment. */
  | 'GAP'
  /** The recognizer was less than 60 % sure. */
  | 'LOW_CONFIDENCE'
  /** It begins more than three seconds before what comes before it ends. */
  | 'OVERLAP'
  /** The same words three times in a row or more. */
  | 'REPEATED'
  /** More than three times as fast as people speak. */
  | 'TOO_FAST'
  /** More than eight times as slow as people speak. */
  | 'TOO_SLOW'
  /** The captions do not say who speaks, or give a number instead of a name that nobody has assigned; told once a speaker. */
  | 'UNKNOWN_SPEAKER';

/** What a participant says of a section. */
export type Verdict =
  /** It is what was said. */
  | 'APPROVED'
  /** It is not. */
  | 'DISPUTED';

/** The verification of a transcript in numbers. */
export type VerificationProgress = {
  readonly __typename?: 'VerificationProgress';
  /** Approvals of the sections as they are now. */
  readonly approved: Scalars['Int']['output'];
  /** True when every section is verified. */
  readonly complete: Scalars['Boolean']['output'];
  /** Disputes of the sections as they are now. */
  readonly disputed: Scalars['Int']['output'];
  /** Approvals that each section needs. */
  readonly required: Scalars['Int']['output'];
  /** All sections. */
  readonly sectionsTotal: Scalars['Int']['output'];
  /** Sections that are VERIFIED. */
  readonly sectionsVerified: Scalars['Int']['output'];
};

/** A workspace in a span of time, in numbers; each domain counts its own. For ADMIN and MANAGER. */
export type WorkspaceStatistics = {
  readonly __typename?: 'WorkspaceStatistics';
  readonly id: Scalars['ID']['output'];
  /** The transcripts that were made in it and that no later one has replaced. */
  readonly transcripts: TranscriptStatistics;
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
  Recording: Recording;
  Speaker: Speaker;
  Task: Task;
  Transcript: Transcript;
  TranscriptSection: TranscriptSection;
  TranscriptSegment: TranscriptSegment;
  User: User;
  WorkspaceStatistics: WorkspaceStatistics;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Meeting:
    ( { __typename: 'Meeting' }
    & GraphQLRecursivePick<FederationTypes['Meeting'], {"id":true}> );
  Recording:
    ( { __typename: 'Recording' }
    & GraphQLRecursivePick<FederationTypes['Recording'], {"id":true}> );
  Speaker:
    ( { __typename: 'Speaker' }
    & GraphQLRecursivePick<FederationTypes['Speaker'], {"id":true}> );
  Task:
    ( { __typename: 'Task' }
    & GraphQLRecursivePick<FederationTypes['Task'], {"id":true}> );
  Transcript:
    ( { __typename: 'Transcript' }
    & GraphQLRecursivePick<FederationTypes['Transcript'], {"id":true}> );
  TranscriptSection:
    ( { __typename: 'TranscriptSection' }
    & GraphQLRecursivePick<FederationTypes['TranscriptSection'], {"id":true}> );
  TranscriptSegment:
    ( { __typename: 'TranscriptSegment' }
    & GraphQLRecursivePick<FederationTypes['TranscriptSegment'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
  WorkspaceStatistics:
    ( { __typename: 'WorkspaceStatistics' }
    & GraphQLRecursivePick<FederationTypes['WorkspaceStatistics'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  CaptionFormat: CaptionFormat;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteRecordingPayload: ResolverTypeWrapper<DeleteRecordingPayload>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  EditSectionInput: EditSectionInput;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ExportLink: ResolverTypeWrapper<ExportLink>;
  HttpHeader: ResolverTypeWrapper<HttpHeader>;
  ImportTranscriptInput: ImportTranscriptInput;
  Meeting: ResolverTypeWrapper<EntityReference>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Recording: ResolverTypeWrapper<RecordingRow>;
  RevisionConflict: ResolverTypeWrapper<ConflictOfEdit>;
  SectionChange: SectionChange;
  SectionComment: ResolverTypeWrapper<CommentRow>;
  SectionCommentConnection: ResolverTypeWrapper<Connection<CommentRow>>;
  SectionCommentEdge: ResolverTypeWrapper<Omit<SectionCommentEdge, 'node'> & { node: ResolversTypes['SectionComment'] }>;
  SectionCommentPayload: ResolverTypeWrapper<Omit<SectionCommentPayload, 'comment'> & { comment?: Maybe<ResolversTypes['SectionComment']> }>;
  SectionConnection: ResolverTypeWrapper<Connection<SectionRow>>;
  SectionEdge: ResolverTypeWrapper<Omit<SectionEdge, 'node'> & { node: ResolversTypes['TranscriptSection'] }>;
  SectionPayload: ResolverTypeWrapper<Omit<SectionPayload, 'conflict' | 'section'> & { conflict?: Maybe<ResolversTypes['RevisionConflict']>, section?: Maybe<ResolversTypes['TranscriptSection']> }>;
  SectionState: SectionState;
  SectionUpdate: ResolverTypeWrapper<Omit<SectionUpdate, 'actor' | 'section' | 'transcript'> & { actor?: Maybe<ResolversTypes['User']>, section?: Maybe<ResolversTypes['TranscriptSection']>, transcript?: Maybe<ResolversTypes['Transcript']> }>;
  SectionVerification: ResolverTypeWrapper<VerdictOnSection>;
  SegmentConflict: ResolverTypeWrapper<EditConflict>;
  SegmentConnection: ResolverTypeWrapper<Connection<SegmentRow>>;
  SegmentEdge: ResolverTypeWrapper<Omit<SegmentEdge, 'node'> & { node: ResolversTypes['TranscriptSegment'] }>;
  SegmentEdit: SegmentEdit;
  SegmentRevision: ResolverTypeWrapper<SegmentEditRow>;
  SegmentRevisionConnection: ResolverTypeWrapper<Connection<SegmentEditRow>>;
  SegmentRevisionEdge: ResolverTypeWrapper<Omit<SegmentRevisionEdge, 'node'> & { node: ResolversTypes['SegmentRevision'] }>;
  Speaker: ResolverTypeWrapper<SpeakerRow>;
  SpeechToTextProvider: ResolverTypeWrapper<NamedCapabilities>;
  SplitSectionPayload: ResolverTypeWrapper<Omit<SplitSectionPayload, 'newSection' | 'section'> & { newSection?: Maybe<ResolversTypes['TranscriptSection']>, section?: Maybe<ResolversTypes['TranscriptSection']> }>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Task: ResolverTypeWrapper<TaskParent>;
  TaskError: ResolverTypeWrapper<TaskError>;
  TaskKind: TaskKind;
  TaskPriority: TaskPriority;
  TaskStatus: TaskStatus;
  TextRange: ResolverTypeWrapper<TextRange>;
  TranscribeRecordingInput: TranscribeRecordingInput;
  Transcript: ResolverTypeWrapper<TranscriptRow>;
  TranscriptExportFormat: TranscriptExportFormat;
  TranscriptHit: ResolverTypeWrapper<Hit<SegmentRow>>;
  TranscriptHitConnection: ResolverTypeWrapper<HitPage<SegmentRow>>;
  TranscriptHitEdge: ResolverTypeWrapper<Omit<TranscriptHitEdge, 'node'> & { node: ResolversTypes['TranscriptHit'] }>;
  TranscriptNote: ResolverTypeWrapper<NoteRow>;
  TranscriptNoteConnection: ResolverTypeWrapper<Connection<NoteRow>>;
  TranscriptNoteEdge: ResolverTypeWrapper<Omit<TranscriptNoteEdge, 'node'> & { node: ResolversTypes['TranscriptNote'] }>;
  TranscriptNoteKind: TranscriptNoteKind;
  TranscriptOrigin: TranscriptOrigin;
  TranscriptPayload: ResolverTypeWrapper<Omit<TranscriptPayload, 'transcript'> & { transcript?: Maybe<ResolversTypes['Transcript']> }>;
  TranscriptSearchFilter: TranscriptSearchFilter;
  TranscriptSection: ResolverTypeWrapper<SectionRow>;
  TranscriptSegment: ResolverTypeWrapper<SegmentRow>;
  TranscriptState: TranscriptState;
  TranscriptStatistics: ResolverTypeWrapper<TranscriptNumbers>;
  TranscriptTaskPayload: ResolverTypeWrapper<Omit<TranscriptTaskPayload, 'task'> & { task?: Maybe<ResolversTypes['Task']> }>;
  TranscriptValidation: ResolverTypeWrapper<ValidationOfTask>;
  UploadPayload: ResolverTypeWrapper<UploadPayload>;
  UploadPurpose: UploadPurpose;
  UploadTicket: ResolverTypeWrapper<UploadTicket>;
  User: ResolverTypeWrapper<EntityReference>;
  UserError: ResolverTypeWrapper<UserError>;
  ValidationFinding: ResolverTypeWrapper<FindingRow>;
  ValidationFindingConnection: ResolverTypeWrapper<Connection<FindingRow>>;
  ValidationFindingEdge: ResolverTypeWrapper<Omit<ValidationFindingEdge, 'node'> & { node: ResolversTypes['ValidationFinding'] }>;
  ValidationRule: ValidationRule;
  Verdict: Verdict;
  VerificationProgress: ResolverTypeWrapper<VerificationProgress>;
  WorkspaceStatistics: ResolverTypeWrapper<IdentifiedSpan>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  DeleteRecordingPayload: DeleteRecordingPayload;
  ID: Scalars['ID']['output'];
  EditSectionInput: EditSectionInput;
  Int: Scalars['Int']['output'];
  ExportLink: ExportLink;
  HttpHeader: HttpHeader;
  ImportTranscriptInput: ImportTranscriptInput;
  Meeting: EntityReference;
  Mutation: Record<PropertyKey, never>;
  Float: Scalars['Float']['output'];
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  Recording: RecordingRow;
  RevisionConflict: ConflictOfEdit;
  SectionComment: CommentRow;
  SectionCommentConnection: Connection<CommentRow>;
  SectionCommentEdge: Omit<SectionCommentEdge, 'node'> & { node: ResolversParentTypes['SectionComment'] };
  SectionCommentPayload: Omit<SectionCommentPayload, 'comment'> & { comment?: Maybe<ResolversParentTypes['SectionComment']> };
  SectionConnection: Connection<SectionRow>;
  SectionEdge: Omit<SectionEdge, 'node'> & { node: ResolversParentTypes['TranscriptSection'] };
  SectionPayload: Omit<SectionPayload, 'conflict' | 'section'> & { conflict?: Maybe<ResolversParentTypes['RevisionConflict']>, section?: Maybe<ResolversParentTypes['TranscriptSection']> };
  SectionUpdate: Omit<SectionUpdate, 'actor' | 'section' | 'transcript'> & { actor?: Maybe<ResolversParentTypes['User']>, section?: Maybe<ResolversParentTypes['TranscriptSection']>, transcript?: Maybe<ResolversParentTypes['Transcript']> };
  SectionVerification: VerdictOnSection;
  SegmentConflict: EditConflict;
  SegmentConnection: Connection<SegmentRow>;
  SegmentEdge: Omit<SegmentEdge, 'node'> & { node: ResolversParentTypes['TranscriptSegment'] };
  SegmentEdit: SegmentEdit;
  SegmentRevision: SegmentEditRow;
  SegmentRevisionConnection: Connection<SegmentEditRow>;
  SegmentRevisionEdge: Omit<SegmentRevisionEdge, 'node'> & { node: ResolversParentTypes['SegmentRevision'] };
  Speaker: SpeakerRow;
  SpeechToTextProvider: NamedCapabilities;
  SplitSectionPayload: Omit<SplitSectionPayload, 'newSection' | 'section'> & { newSection?: Maybe<ResolversParentTypes['TranscriptSection']>, section?: Maybe<ResolversParentTypes['TranscriptSection']> };
  Subscription: Record<PropertyKey, never>;
  Task: TaskParent;
  TaskError: TaskError;
  TextRange: TextRange;
  TranscribeRecordingInput: TranscribeRecordingInput;
  Transcript: TranscriptRow;
  TranscriptHit: Hit<SegmentRow>;
  TranscriptHitConnection: HitPage<SegmentRow>;
  TranscriptHitEdge: Omit<TranscriptHitEdge, 'node'> & { node: ResolversParentTypes['TranscriptHit'] };
  TranscriptNote: NoteRow;
  TranscriptNoteConnection: Connection<NoteRow>;
  TranscriptNoteEdge: Omit<TranscriptNoteEdge, 'node'> & { node: ResolversParentTypes['TranscriptNote'] };
  TranscriptPayload: Omit<TranscriptPayload, 'transcript'> & { transcript?: Maybe<ResolversParentTypes['Transcript']> };
  TranscriptSearchFilter: TranscriptSearchFilter;
  TranscriptSection: SectionRow;
  TranscriptSegment: SegmentRow;
  TranscriptStatistics: TranscriptNumbers;
  TranscriptTaskPayload: Omit<TranscriptTaskPayload, 'task'> & { task?: Maybe<ResolversParentTypes['Task']> };
  TranscriptValidation: ValidationOfTask;
  UploadPayload: UploadPayload;
  UploadTicket: UploadTicket;
  User: EntityReference;
  UserError: UserError;
  ValidationFinding: FindingRow;
  ValidationFindingConnection: Connection<FindingRow>;
  ValidationFindingEdge: Omit<ValidationFindingEdge, 'node'> & { node: ResolversParentTypes['ValidationFinding'] };
  VerificationProgress: VerificationProgress;
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

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteRecordingPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteRecordingPayload'] = ResolversParentTypes['DeleteRecordingPayload']> = {
  deletedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ExportLinkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExportLink'] = ResolversParentTypes['ExportLink']> = {
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  filename?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  mimeType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HttpHeaderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HttpHeader'] = ResolversParentTypes['HttpHeader']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MeetingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Meeting'] = ResolversParentTypes['Meeting'], FederationReferenceType extends FederationReferenceTypes['Meeting'] = FederationReferenceTypes['Meeting']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Meeting']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  recordings?: Resolver<ReadonlyArray<ResolversTypes['Recording']>, ParentType, ContextType>;
  transcript?: Resolver<Maybe<ResolversTypes['Transcript']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  assignSpeaker?: Resolver<ResolversTypes['TranscriptPayload'], ParentType, ContextType, RequireFields<MutationAssignSpeakerArgs, 'speakerId'>>;
  commentOnSection?: Resolver<ResolversTypes['SectionCommentPayload'], ParentType, ContextType, RequireFields<MutationCommentOnSectionArgs, 'sectionId' | 'text'>>;
  createUpload?: Resolver<ResolversTypes['UploadPayload'], ParentType, ContextType, RequireFields<MutationCreateUploadArgs, 'bytes' | 'filename' | 'meetingId' | 'mimeType'>>;
  deleteRecording?: Resolver<ResolversTypes['DeleteRecordingPayload'], ParentType, ContextType, RequireFields<MutationDeleteRecordingArgs, 'id'>>;
  editSection?: Resolver<ResolversTypes['SectionPayload'], ParentType, ContextType, RequireFields<MutationEditSectionArgs, 'input'>>;
  importTranscript?: Resolver<ResolversTypes['TranscriptTaskPayload'], ParentType, ContextType, RequireFields<MutationImportTranscriptArgs, 'input'>>;
  lockTranscript?: Resolver<ResolversTypes['TranscriptPayload'], ParentType, ContextType, RequireFields<MutationLockTranscriptArgs, 'id'>>;
  mergeSpeakers?: Resolver<ResolversTypes['TranscriptPayload'], ParentType, ContextType, RequireFields<MutationMergeSpeakersArgs, 'fromId' | 'intoId'>>;
  renameSpeaker?: Resolver<ResolversTypes['TranscriptPayload'], ParentType, ContextType, RequireFields<MutationRenameSpeakerArgs, 'label' | 'speakerId'>>;
  resolveComment?: Resolver<ResolversTypes['SectionCommentPayload'], ParentType, ContextType, RequireFields<MutationResolveCommentArgs, 'id'>>;
  splitSection?: Resolver<ResolversTypes['SplitSectionPayload'], ParentType, ContextType, RequireFields<MutationSplitSectionArgs, 'atSegmentId' | 'baseRevision' | 'sectionId'>>;
  transcribeRecording?: Resolver<ResolversTypes['TranscriptTaskPayload'], ParentType, ContextType, RequireFields<MutationTranscribeRecordingArgs, 'input'>>;
  unlockTranscript?: Resolver<ResolversTypes['TranscriptPayload'], ParentType, ContextType, RequireFields<MutationUnlockTranscriptArgs, 'id' | 'reason'>>;
  validateTranscript?: Resolver<ResolversTypes['TranscriptTaskPayload'], ParentType, ContextType, RequireFields<MutationValidateTranscriptArgs, 'id'>>;
  verifySection?: Resolver<ResolversTypes['SectionPayload'], ParentType, ContextType, RequireFields<MutationVerifySectionArgs, 'revision' | 'sectionId' | 'verdict'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  searchTranscripts?: Resolver<ResolversTypes['TranscriptHitConnection'], ParentType, ContextType, RequireFields<QuerySearchTranscriptsArgs, 'text'>>;
  speechToTextProviders?: Resolver<ReadonlyArray<ResolversTypes['SpeechToTextProvider']>, ParentType, ContextType>;
  transcript?: Resolver<Maybe<ResolversTypes['Transcript']>, ParentType, ContextType, RequireFields<QueryTranscriptArgs, 'id'>>;
};

export type RecordingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Recording'] = ResolversParentTypes['Recording'], FederationReferenceType extends FederationReferenceTypes['Recording'] = FederationReferenceTypes['Recording']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Recording']> | FederationReferenceType, FederationReferenceType, ContextType>;
  bytes?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  checksum?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdBy?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  durationMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  filename?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  meeting?: Resolver<ResolversTypes['Meeting'], ParentType, ContextType>;
  mimeType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  playbackUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RevisionConflictResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevisionConflict'] = ResolversParentTypes['RevisionConflict']> = {
  baseRevision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  conflicts?: Resolver<ReadonlyArray<ResolversTypes['SegmentConflict']>, ParentType, ContextType>;
  current?: Resolver<ResolversTypes['TranscriptSection'], ParentType, ContextType>;
};

export type SectionCommentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SectionComment'] = ResolversParentTypes['SectionComment']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  author?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  resolvedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  resolvedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  segment?: Resolver<Maybe<ResolversTypes['TranscriptSegment']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SectionCommentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SectionCommentConnection'] = ResolversParentTypes['SectionCommentConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SectionCommentEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SectionCommentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SectionCommentEdge'] = ResolversParentTypes['SectionCommentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SectionComment'], ParentType, ContextType>;
};

export type SectionCommentPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SectionCommentPayload'] = ResolversParentTypes['SectionCommentPayload']> = {
  comment?: Resolver<Maybe<ResolversTypes['SectionComment']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SectionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SectionConnection'] = ResolversParentTypes['SectionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SectionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SectionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SectionEdge'] = ResolversParentTypes['SectionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TranscriptSection'], ParentType, ContextType>;
};

export type SectionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SectionPayload'] = ResolversParentTypes['SectionPayload']> = {
  autoMerged?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  conflict?: Resolver<Maybe<ResolversTypes['RevisionConflict']>, ParentType, ContextType>;
  section?: Resolver<Maybe<ResolversTypes['TranscriptSection']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SectionUpdateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SectionUpdate'] = ResolversParentTypes['SectionUpdate']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  change?: Resolver<ResolversTypes['SectionChange'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  section?: Resolver<Maybe<ResolversTypes['TranscriptSection']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SectionState'], ParentType, ContextType>;
  transcript?: Resolver<Maybe<ResolversTypes['Transcript']>, ParentType, ContextType>;
};

export type SectionVerificationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SectionVerification'] = ResolversParentTypes['SectionVerification']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  comment?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['Verdict'], ParentType, ContextType>;
  verifier?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type SegmentConflictResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SegmentConflict'] = ResolversParentTypes['SegmentConflict']> = {
  baseSpeaker?: Resolver<Maybe<ResolversTypes['Speaker']>, ParentType, ContextType>;
  baseText?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  segment?: Resolver<ResolversTypes['TranscriptSegment'], ParentType, ContextType>;
  theirAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  theirEditor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  theirSpeaker?: Resolver<Maybe<ResolversTypes['Speaker']>, ParentType, ContextType>;
  theirText?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  yourSpeaker?: Resolver<Maybe<ResolversTypes['Speaker']>, ParentType, ContextType>;
  yourText?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SegmentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SegmentConnection'] = ResolversParentTypes['SegmentConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SegmentEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SegmentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SegmentEdge'] = ResolversParentTypes['SegmentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TranscriptSegment'], ParentType, ContextType>;
};

export type SegmentRevisionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SegmentRevision'] = ResolversParentTypes['SegmentRevision']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  autoMerged?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  editor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sectionRevision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  speakerAfter?: Resolver<Maybe<ResolversTypes['Speaker']>, ParentType, ContextType>;
  speakerBefore?: Resolver<Maybe<ResolversTypes['Speaker']>, ParentType, ContextType>;
  textAfter?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  textBefore?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SegmentRevisionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SegmentRevisionConnection'] = ResolversParentTypes['SegmentRevisionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SegmentRevisionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SegmentRevisionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SegmentRevisionEdge'] = ResolversParentTypes['SegmentRevisionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SegmentRevision'], ParentType, ContextType>;
};

export type SpeakerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Speaker'] = ResolversParentTypes['Speaker'], FederationReferenceType extends FederationReferenceTypes['Speaker'] = FederationReferenceTypes['Speaker']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Speaker']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  talkMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  words?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SpeechToTextProviderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SpeechToTextProvider'] = ResolversParentTypes['SpeechToTextProvider']> = {
  available?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  diarization?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  languages?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  models?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  note?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<SpeechToTextProviderNoteArgs>>;
};

export type SplitSectionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SplitSectionPayload'] = ResolversParentTypes['SplitSectionPayload']> = {
  newSection?: Resolver<Maybe<ResolversTypes['TranscriptSection']>, ParentType, ContextType>;
  section?: Resolver<Maybe<ResolversTypes['TranscriptSection']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  sectionUpdates?: SubscriptionResolver<ResolversTypes['SectionUpdate'], "sectionUpdates", ParentType, ContextType, RequireFields<SubscriptionSectionUpdatesArgs, 'meetingId'>>;
};

export type TaskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Task'] = ResolversParentTypes['Task'], FederationReferenceType extends FederationReferenceTypes['Task'] = FederationReferenceTypes['Task']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Task']> | FederationReferenceType, FederationReferenceType, ContextType>;
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
  transcript?: Resolver<Maybe<ResolversTypes['Transcript']>, ParentType, ContextType>;
  validation?: Resolver<Maybe<ResolversTypes['TranscriptValidation']>, ParentType, ContextType>;
};

export type TaskErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskError'] = ResolversParentTypes['TaskError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type TextRangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TextRange'] = ResolversParentTypes['TextRange']> = {
  endChar?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  startChar?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TranscriptResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Transcript'] = ResolversParentTypes['Transcript'], FederationReferenceType extends FederationReferenceTypes['Transcript'] = FederationReferenceTypes['Transcript']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Transcript']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  current?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  durationMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  export?: Resolver<ResolversTypes['ExportLink'], ParentType, ContextType, RequireFields<TranscriptExportArgs, 'format'>>;
  history?: Resolver<ResolversTypes['TranscriptNoteConnection'], ParentType, ContextType, Partial<TranscriptHistoryArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  language?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  meeting?: Resolver<ResolversTypes['Meeting'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['TranscriptOrigin'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  providerModel?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recording?: Resolver<Maybe<ResolversTypes['Recording']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sections?: Resolver<ResolversTypes['SectionConnection'], ParentType, ContextType, Partial<TranscriptSectionsArgs>>;
  segments?: Resolver<ResolversTypes['SegmentConnection'], ParentType, ContextType, Partial<TranscriptSegmentsArgs>>;
  speakers?: Resolver<ReadonlyArray<ResolversTypes['Speaker']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['TranscriptState'], ParentType, ContextType>;
  verification?: Resolver<ResolversTypes['VerificationProgress'], ParentType, ContextType>;
  wordCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TranscriptHitResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TranscriptHit'] = ResolversParentTypes['TranscriptHit']> = {
  highlights?: Resolver<ReadonlyArray<ResolversTypes['TextRange']>, ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  segment?: Resolver<ResolversTypes['TranscriptSegment'], ParentType, ContextType>;
};

export type TranscriptHitConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TranscriptHitConnection'] = ResolversParentTypes['TranscriptHitConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TranscriptHitEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TranscriptHitEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TranscriptHitEdge'] = ResolversParentTypes['TranscriptHitEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TranscriptHit'], ParentType, ContextType>;
};

export type TranscriptNoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TranscriptNote'] = ResolversParentTypes['TranscriptNote']> = {
  actor?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  after?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['TranscriptNoteKind'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TranscriptNoteConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TranscriptNoteConnection'] = ResolversParentTypes['TranscriptNoteConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TranscriptNoteEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TranscriptNoteEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TranscriptNoteEdge'] = ResolversParentTypes['TranscriptNoteEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TranscriptNote'], ParentType, ContextType>;
};

export type TranscriptPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TranscriptPayload'] = ResolversParentTypes['TranscriptPayload']> = {
  transcript?: Resolver<Maybe<ResolversTypes['Transcript']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TranscriptSectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TranscriptSection'] = ResolversParentTypes['TranscriptSection'], FederationReferenceType extends FederationReferenceTypes['TranscriptSection'] = FederationReferenceTypes['TranscriptSection']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['TranscriptSection']> | FederationReferenceType, FederationReferenceType, ContextType>;
  comments?: Resolver<ResolversTypes['SectionCommentConnection'], ParentType, ContextType, Partial<TranscriptSectionCommentsArgs>>;
  contentHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  endMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pendingVerifiers?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  segments?: Resolver<ResolversTypes['SegmentConnection'], ParentType, ContextType, Partial<TranscriptSectionSegmentsArgs>>;
  startMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SectionState'], ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  transcript?: Resolver<ResolversTypes['Transcript'], ParentType, ContextType>;
  verifications?: Resolver<ReadonlyArray<ResolversTypes['SectionVerification']>, ParentType, ContextType>;
  viewerVerification?: Resolver<Maybe<ResolversTypes['SectionVerification']>, ParentType, ContextType>;
};

export type TranscriptSegmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TranscriptSegment'] = ResolversParentTypes['TranscriptSegment'], FederationReferenceType extends FederationReferenceTypes['TranscriptSegment'] = FederationReferenceTypes['TranscriptSegment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['TranscriptSegment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  confidence?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  edited?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  history?: Resolver<ResolversTypes['SegmentRevisionConnection'], ParentType, ContextType, Partial<TranscriptSegmentHistoryArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  originalText?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  section?: Resolver<ResolversTypes['TranscriptSection'], ParentType, ContextType>;
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  speaker?: Resolver<Maybe<ResolversTypes['Speaker']>, ParentType, ContextType>;
  startMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TranscriptStatisticsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TranscriptStatistics'] = ResolversParentTypes['TranscriptStatistics']> = {
  hours?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  sections?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sectionsVerified?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  transcripts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  verifiedShare?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  words?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type TranscriptTaskPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TranscriptTaskPayload'] = ResolversParentTypes['TranscriptTaskPayload']> = {
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TranscriptValidationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TranscriptValidation'] = ResolversParentTypes['TranscriptValidation']> = {
  checkedSegments?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  findings?: Resolver<ResolversTypes['ValidationFindingConnection'], ParentType, ContextType, Partial<TranscriptValidationFindingsArgs>>;
  foundTotal?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  transcriptRevision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type UploadPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UploadPayload'] = ResolversParentTypes['UploadPayload']> = {
  ticket?: Resolver<Maybe<ResolversTypes['UploadTicket']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UploadTicketResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UploadTicket'] = ResolversParentTypes['UploadTicket']> = {
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  headers?: Resolver<ReadonlyArray<ResolversTypes['HttpHeader']>, ParentType, ContextType>;
  maxBytes?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  method?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['UploadPurpose'], ParentType, ContextType>;
  uploadId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  pendingVerifications?: Resolver<ResolversTypes['SectionConnection'], ParentType, ContextType, Partial<UserPendingVerificationsArgs>>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type ValidationFindingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ValidationFinding'] = ResolversParentTypes['ValidationFinding']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<ValidationFindingMessageArgs>>;
  rule?: Resolver<ResolversTypes['ValidationRule'], ParentType, ContextType>;
  segment?: Resolver<ResolversTypes['TranscriptSegment'], ParentType, ContextType>;
};

export type ValidationFindingConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ValidationFindingConnection'] = ResolversParentTypes['ValidationFindingConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ValidationFindingEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ValidationFindingEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ValidationFindingEdge'] = ResolversParentTypes['ValidationFindingEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ValidationFinding'], ParentType, ContextType>;
};

export type VerificationProgressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VerificationProgress'] = ResolversParentTypes['VerificationProgress']> = {
  approved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  disputed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  required?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sectionsTotal?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sectionsVerified?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type WorkspaceStatisticsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WorkspaceStatistics'] = ResolversParentTypes['WorkspaceStatistics'], FederationReferenceType extends FederationReferenceTypes['WorkspaceStatistics'] = FederationReferenceTypes['WorkspaceStatistics']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['WorkspaceStatistics']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  transcripts?: Resolver<ResolversTypes['TranscriptStatistics'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  DeleteRecordingPayload?: DeleteRecordingPayloadResolvers<ContextType>;
  ExportLink?: ExportLinkResolvers<ContextType>;
  HttpHeader?: HttpHeaderResolvers<ContextType>;
  Meeting?: MeetingResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Recording?: RecordingResolvers<ContextType>;
  RevisionConflict?: RevisionConflictResolvers<ContextType>;
  SectionComment?: SectionCommentResolvers<ContextType>;
  SectionCommentConnection?: SectionCommentConnectionResolvers<ContextType>;
  SectionCommentEdge?: SectionCommentEdgeResolvers<ContextType>;
  SectionCommentPayload?: SectionCommentPayloadResolvers<ContextType>;
  SectionConnection?: SectionConnectionResolvers<ContextType>;
  SectionEdge?: SectionEdgeResolvers<ContextType>;
  SectionPayload?: SectionPayloadResolvers<ContextType>;
  SectionUpdate?: SectionUpdateResolvers<ContextType>;
  SectionVerification?: SectionVerificationResolvers<ContextType>;
  SegmentConflict?: SegmentConflictResolvers<ContextType>;
  SegmentConnection?: SegmentConnectionResolvers<ContextType>;
  SegmentEdge?: SegmentEdgeResolvers<ContextType>;
  SegmentRevision?: SegmentRevisionResolvers<ContextType>;
  SegmentRevisionConnection?: SegmentRevisionConnectionResolvers<ContextType>;
  SegmentRevisionEdge?: SegmentRevisionEdgeResolvers<ContextType>;
  Speaker?: SpeakerResolvers<ContextType>;
  SpeechToTextProvider?: SpeechToTextProviderResolvers<ContextType>;
  SplitSectionPayload?: SplitSectionPayloadResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Task?: TaskResolvers<ContextType>;
  TaskError?: TaskErrorResolvers<ContextType>;
  TextRange?: TextRangeResolvers<ContextType>;
  Transcript?: TranscriptResolvers<ContextType>;
  TranscriptHit?: TranscriptHitResolvers<ContextType>;
  TranscriptHitConnection?: TranscriptHitConnectionResolvers<ContextType>;
  TranscriptHitEdge?: TranscriptHitEdgeResolvers<ContextType>;
  TranscriptNote?: TranscriptNoteResolvers<ContextType>;
  TranscriptNoteConnection?: TranscriptNoteConnectionResolvers<ContextType>;
  TranscriptNoteEdge?: TranscriptNoteEdgeResolvers<ContextType>;
  TranscriptPayload?: TranscriptPayloadResolvers<ContextType>;
  TranscriptSection?: TranscriptSectionResolvers<ContextType>;
  TranscriptSegment?: TranscriptSegmentResolvers<ContextType>;
  TranscriptStatistics?: TranscriptStatisticsResolvers<ContextType>;
  TranscriptTaskPayload?: TranscriptTaskPayloadResolvers<ContextType>;
  TranscriptValidation?: TranscriptValidationResolvers<ContextType>;
  UploadPayload?: UploadPayloadResolvers<ContextType>;
  UploadTicket?: UploadTicketResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  ValidationFinding?: ValidationFindingResolvers<ContextType>;
  ValidationFindingConnection?: ValidationFindingConnectionResolvers<ContextType>;
  ValidationFindingEdge?: ValidationFindingEdgeResolvers<ContextType>;
  VerificationProgress?: VerificationProgressResolvers<ContextType>;
  WorkspaceStatistics?: WorkspaceStatisticsResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  eventStream?: EventStreamDirectiveResolver<any, any, ContextType>;
};
