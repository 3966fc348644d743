import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Transcript as TranscriptRow } from '../entities/transcript.entity.ts';
import type { Speaker as SpeakerRow } from '../entities/speaker.entity.ts';
import type { Section as SectionRow } from '../entities/section.entity.ts';
import type { Segment as SegmentRow } from '../entities/segment.entity.ts';
import type { VerdictOnSection } from '../entities/section-verdict.entity.ts';
import type { Connection, EntityReference } from '@hoerok/shared/graphql';
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

/** New texts for segments of one section. */
export type EditSectionInput = {
  /** Revision the edits are based on; CONFLICT when the section has moved on. */
  readonly baseRevision: Scalars['Int']['input'];
  /** Each segment once. */
  readonly edits: ReadonlyArray<SegmentEdit>;
  /** The section. */
  readonly sectionId: Scalars['ID']['input'];
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
  /** The transcript of the latest import; null until one is there. */
  readonly transcript?: Maybe<Transcript>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Says who a speaker is, a participant of the meeting; null takes the name away. */
  readonly assignSpeaker: TranscriptPayload;
  /** Asks for a place to send one caption file of `bytes` bytes: text/vtt, application/x-subrip, application/json or text/plain. */
  readonly createUpload: UploadPayload;
  /** Corrects texts. Verdicts on the revision before become stale. */
  readonly editSection: SectionPayload;
  /** Starts the import of captions and answers at once; follow the task. */
  readonly importTranscript: TranscriptTaskPayload;
  /** Gives the viewer's verdict on one revision of a section; only participants may. A second one replaces the first. */
  readonly verifySection: SectionPayload;
};


export type MutationAssignSpeakerArgs = {
  speakerId: Scalars['ID']['input'];
  userId?: InputMaybe<Scalars['ID']['input']>;
};


export type MutationCreateUploadArgs = {
  bytes: Scalars['Float']['input'];
  filename: Scalars['String']['input'];
  meetingId: Scalars['ID']['input'];
  mimeType: Scalars['String']['input'];
};


export type MutationEditSectionArgs = {
  input: EditSectionInput;
};


export type MutationImportTranscriptArgs = {
  input: ImportTranscriptInput;
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
  /** One transcript; null when it does not exist or the viewer may not see it. */
  readonly transcript?: Maybe<Transcript>;
};


export type QueryTranscriptArgs = {
  id: Scalars['ID']['input'];
};

/** What can happen to a section. */
export type SectionChange =
  /** Somebody approved it; or others left the meeting, and the approvals that are there are enough now. */
  | 'APPROVED'
  /** Somebody says that it is wrong. */
  | 'DISPUTED'
  /** Its text was corrected. */
  | 'EDITED'
  /** Approvals do not suffice any more, as people joined the meeting. */
  | 'STALE';

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
  /** The section; null when nothing was changed. */
  readonly section?: Maybe<TranscriptSection>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** How far the verification of one section is, under the policy of its meeting. */
export type SectionState =
  /** A participant says that it is wrong. */
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
  /** Revision of the section then; approvals and disputes leave it as it is. */
  readonly revision: Scalars['Int']['output'];
  /** The section as it is by now; null when it cannot be seen any more. */
  readonly section?: Maybe<TranscriptSection>;
  /** State of the section that came of it. */
  readonly state: SectionState;
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

/** The new text of one segment. */
export type SegmentEdit = {
  /** A segment of the section. */
  readonly segmentId: Scalars['ID']['input'];
  /** One line; line breaks become spaces. */
  readonly text: Scalars['String']['input'];
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

export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * Edits, approvals and disputes of the sections of a meeting's transcript as they happen, for those who take part in the meeting,
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
  /** The transcript that a TRANSCRIPT_IMPORT task made; null until it has COMPLETED. */
  readonly transcript?: Maybe<Transcript>;
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

/** What was said in a meeting, word for word. Visible to whoever sees the meeting. */
export type Transcript = {
  readonly __typename?: 'Transcript';
  /** When the import ended. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** False once a later import of the same meeting has taken its place. */
  readonly current: Scalars['Boolean']['output'];
  /** From the start of the meeting to the end of the last segment. */
  readonly durationMs: Scalars['Int']['output'];
  readonly id: Scalars['ID']['output'];
  /** BCP 47 tag, or `mul` for several languages. */
  readonly language: Scalars['String']['output'];
  /** The meeting it is of. */
  readonly meeting: Meeting;
  /** What it was imported from. */
  readonly origin: TranscriptOrigin;
  /** What made the text: `captions` for an import. */
  readonly provider: Scalars['String']['output'];
  /** Rises with every change of a text or of who speaks. */
  readonly revision: Scalars['Int']['output'];
  /** In the order of the meeting. @default 20 */
  readonly sections: SectionConnection;
  /** In the order of the meeting, at most 500 a page; of one speaker, or holding a text, when asked. @default 20 */
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

/** Where the text of a transcript comes from. */
export type TranscriptOrigin =
  /** JSON of Fireflies, Otter, Whisper or of our own shape. */
  | 'IMPORT_JSON'
  /** SubRip captions. */
  | 'IMPORT_SRT'
  /** Plain text, one `Name: text` a line. */
  | 'IMPORT_TEXT'
  /** WebVTT captions, for example of Teams or Zoom. */
  | 'IMPORT_VTT';

/** The transcript as it is now, or why nothing was changed. */
export type TranscriptPayload = {
  readonly __typename?: 'TranscriptPayload';
  /** The transcript; null when nothing was changed. */
  readonly transcript?: Maybe<Transcript>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** About five minutes of a transcript: what participants verify and edit at a time. */
export type TranscriptSection = {
  readonly __typename?: 'TranscriptSection';
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

/** How far the verification of a transcript is. */
export type TranscriptState =
  /** Nobody has given a verdict on its text as it is now. */
  | 'DRAFT'
  /** Some verdicts are there. */
  | 'IN_VERIFICATION'
  /** Every section is VERIFIED. */
  | 'VERIFIED';

/** The task that was accepted, or why not. */
export type TranscriptTaskPayload = {
  readonly __typename?: 'TranscriptTaskPayload';
  /** The task; null when nothing was accepted. */
  readonly task?: Maybe<Task>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The ticket for one upload, or why not. */
export type UploadPayload = {
  readonly __typename?: 'UploadPayload';
  /** The ticket; null when none was given. */
  readonly ticket?: Maybe<UploadTicket>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Permission to send one caption file: a request with this method and these headers to the URL. */
export type UploadTicket = {
  readonly __typename?: 'UploadTicket';
  /** The URL refuses files from then on. */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** Headers to send along. */
  readonly headers: ReadonlyArray<HttpHeader>;
  /** A larger file is refused with 413 and TOO_LARGE. */
  readonly maxBytes: Scalars['Float']['output'];
  /** PUT. */
  readonly method: Scalars['String']['output'];
  /** For importTranscript, once the file is there. */
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
  Speaker: Speaker;
  Task: Task;
  Transcript: Transcript;
  TranscriptSection: TranscriptSection;
  TranscriptSegment: TranscriptSegment;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Meeting:
    ( { __typename: 'Meeting' }
    & GraphQLRecursivePick<FederationTypes['Meeting'], {"id":true}> );
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
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  CaptionFormat: CaptionFormat;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  EditSectionInput: EditSectionInput;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  HttpHeader: ResolverTypeWrapper<HttpHeader>;
  ImportTranscriptInput: ImportTranscriptInput;
  Meeting: ResolverTypeWrapper<EntityReference>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SectionChange: SectionChange;
  SectionConnection: ResolverTypeWrapper<Connection<SectionRow>>;
  SectionEdge: ResolverTypeWrapper<Omit<SectionEdge, 'node'> & { node: ResolversTypes['TranscriptSection'] }>;
  SectionPayload: ResolverTypeWrapper<Omit<SectionPayload, 'section'> & { section?: Maybe<ResolversTypes['TranscriptSection']> }>;
  SectionState: SectionState;
  SectionUpdate: ResolverTypeWrapper<Omit<SectionUpdate, 'actor' | 'section'> & { actor?: Maybe<ResolversTypes['User']>, section?: Maybe<ResolversTypes['TranscriptSection']> }>;
  SectionVerification: ResolverTypeWrapper<VerdictOnSection>;
  SegmentConnection: ResolverTypeWrapper<Connection<SegmentRow>>;
  SegmentEdge: ResolverTypeWrapper<Omit<SegmentEdge, 'node'> & { node: ResolversTypes['TranscriptSegment'] }>;
  SegmentEdit: SegmentEdit;
  Speaker: ResolverTypeWrapper<SpeakerRow>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Task: ResolverTypeWrapper<TaskParent>;
  TaskError: ResolverTypeWrapper<TaskError>;
  TaskKind: TaskKind;
  TaskPriority: TaskPriority;
  TaskStatus: TaskStatus;
  Transcript: ResolverTypeWrapper<TranscriptRow>;
  TranscriptOrigin: TranscriptOrigin;
  TranscriptPayload: ResolverTypeWrapper<Omit<TranscriptPayload, 'transcript'> & { transcript?: Maybe<ResolversTypes['Transcript']> }>;
  TranscriptSection: ResolverTypeWrapper<SectionRow>;
  TranscriptSegment: ResolverTypeWrapper<SegmentRow>;
  TranscriptState: TranscriptState;
  TranscriptTaskPayload: ResolverTypeWrapper<Omit<TranscriptTaskPayload, 'task'> & { task?: Maybe<ResolversTypes['Task']> }>;
  UploadPayload: ResolverTypeWrapper<UploadPayload>;
  UploadTicket: ResolverTypeWrapper<UploadTicket>;
  User: ResolverTypeWrapper<EntityReference>;
  UserError: ResolverTypeWrapper<UserError>;
  Verdict: Verdict;
  VerificationProgress: ResolverTypeWrapper<VerificationProgress>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  EditSectionInput: EditSectionInput;
  Int: Scalars['Int']['output'];
  ID: Scalars['ID']['output'];
  HttpHeader: HttpHeader;
  ImportTranscriptInput: ImportTranscriptInput;
  Meeting: EntityReference;
  Mutation: Record<PropertyKey, never>;
  Float: Scalars['Float']['output'];
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  SectionConnection: Connection<SectionRow>;
  SectionEdge: Omit<SectionEdge, 'node'> & { node: ResolversParentTypes['TranscriptSection'] };
  SectionPayload: Omit<SectionPayload, 'section'> & { section?: Maybe<ResolversParentTypes['TranscriptSection']> };
  SectionUpdate: Omit<SectionUpdate, 'actor' | 'section'> & { actor?: Maybe<ResolversParentTypes['User']>, section?: Maybe<ResolversParentTypes['TranscriptSection']> };
  SectionVerification: VerdictOnSection;
  SegmentConnection: Connection<SegmentRow>;
  SegmentEdge: Omit<SegmentEdge, 'node'> & { node: ResolversParentTypes['TranscriptSegment'] };
  SegmentEdit: SegmentEdit;
  Speaker: SpeakerRow;
  Subscription: Record<PropertyKey, never>;
  Task: TaskParent;
  TaskError: TaskError;
  Transcript: TranscriptRow;
  TranscriptPayload: Omit<TranscriptPayload, 'transcript'> & { transcript?: Maybe<ResolversParentTypes['Transcript']> };
  TranscriptSection: SectionRow;
  TranscriptSegment: SegmentRow;
  TranscriptTaskPayload: Omit<TranscriptTaskPayload, 'task'> & { task?: Maybe<ResolversParentTypes['Task']> };
  UploadPayload: UploadPayload;
  UploadTicket: UploadTicket;
  User: EntityReference;
  UserError: UserError;
  VerificationProgress: VerificationProgress;
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

export type HttpHeaderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HttpHeader'] = ResolversParentTypes['HttpHeader']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MeetingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Meeting'] = ResolversParentTypes['Meeting'], FederationReferenceType extends FederationReferenceTypes['Meeting'] = FederationReferenceTypes['Meeting']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Meeting']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  transcript?: Resolver<Maybe<ResolversTypes['Transcript']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  assignSpeaker?: Resolver<ResolversTypes['TranscriptPayload'], ParentType, ContextType, RequireFields<MutationAssignSpeakerArgs, 'speakerId'>>;
  createUpload?: Resolver<ResolversTypes['UploadPayload'], ParentType, ContextType, RequireFields<MutationCreateUploadArgs, 'bytes' | 'filename' | 'meetingId' | 'mimeType'>>;
  editSection?: Resolver<ResolversTypes['SectionPayload'], ParentType, ContextType, RequireFields<MutationEditSectionArgs, 'input'>>;
  importTranscript?: Resolver<ResolversTypes['TranscriptTaskPayload'], ParentType, ContextType, RequireFields<MutationImportTranscriptArgs, 'input'>>;
  verifySection?: Resolver<ResolversTypes['SectionPayload'], ParentType, ContextType, RequireFields<MutationVerifySectionArgs, 'revision' | 'sectionId' | 'verdict'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  transcript?: Resolver<Maybe<ResolversTypes['Transcript']>, ParentType, ContextType, RequireFields<QueryTranscriptArgs, 'id'>>;
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
  section?: Resolver<Maybe<ResolversTypes['TranscriptSection']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SectionUpdateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SectionUpdate'] = ResolversParentTypes['SectionUpdate']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  change?: Resolver<ResolversTypes['SectionChange'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  section?: Resolver<Maybe<ResolversTypes['TranscriptSection']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SectionState'], ParentType, ContextType>;
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

export type SegmentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SegmentConnection'] = ResolversParentTypes['SegmentConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SegmentEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SegmentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SegmentEdge'] = ResolversParentTypes['SegmentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TranscriptSegment'], ParentType, ContextType>;
};

export type SpeakerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Speaker'] = ResolversParentTypes['Speaker'], FederationReferenceType extends FederationReferenceTypes['Speaker'] = FederationReferenceTypes['Speaker']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Speaker']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  talkMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  words?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
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
};

export type TaskErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskError'] = ResolversParentTypes['TaskError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type TranscriptResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Transcript'] = ResolversParentTypes['Transcript'], FederationReferenceType extends FederationReferenceTypes['Transcript'] = FederationReferenceTypes['Transcript']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Transcript']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  current?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  durationMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  language?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  meeting?: Resolver<ResolversTypes['Meeting'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['TranscriptOrigin'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sections?: Resolver<ResolversTypes['SectionConnection'], ParentType, ContextType, Partial<TranscriptSectionsArgs>>;
  segments?: Resolver<ResolversTypes['SegmentConnection'], ParentType, ContextType, Partial<TranscriptSegmentsArgs>>;
  speakers?: Resolver<ReadonlyArray<ResolversTypes['Speaker']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['TranscriptState'], ParentType, ContextType>;
  verification?: Resolver<ResolversTypes['VerificationProgress'], ParentType, ContextType>;
  wordCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TranscriptPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TranscriptPayload'] = ResolversParentTypes['TranscriptPayload']> = {
  transcript?: Resolver<Maybe<ResolversTypes['Transcript']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TranscriptSectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TranscriptSection'] = ResolversParentTypes['TranscriptSection'], FederationReferenceType extends FederationReferenceTypes['TranscriptSection'] = FederationReferenceTypes['TranscriptSection']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['TranscriptSection']> | FederationReferenceType, FederationReferenceType, ContextType>;
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
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  originalText?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  section?: Resolver<ResolversTypes['TranscriptSection'], ParentType, ContextType>;
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  speaker?: Resolver<Maybe<ResolversTypes['Speaker']>, ParentType, ContextType>;
  startMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TranscriptTaskPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TranscriptTaskPayload'] = ResolversParentTypes['TranscriptTaskPayload']> = {
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
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

export type VerificationProgressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VerificationProgress'] = ResolversParentTypes['VerificationProgress']> = {
  approved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  disputed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  required?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sectionsTotal?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sectionsVerified?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  HttpHeader?: HttpHeaderResolvers<ContextType>;
  Meeting?: MeetingResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  SectionConnection?: SectionConnectionResolvers<ContextType>;
  SectionEdge?: SectionEdgeResolvers<ContextType>;
  SectionPayload?: SectionPayloadResolvers<ContextType>;
  SectionUpdate?: SectionUpdateResolvers<ContextType>;
  SectionVerification?: SectionVerificationResolvers<ContextType>;
  SegmentConnection?: SegmentConnectionResolvers<ContextType>;
  SegmentEdge?: SegmentEdgeResolvers<ContextType>;
  Speaker?: SpeakerResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Task?: TaskResolvers<ContextType>;
  TaskError?: TaskErrorResolvers<ContextType>;
  Transcript?: TranscriptResolvers<ContextType>;
  TranscriptPayload?: TranscriptPayloadResolvers<ContextType>;
  TranscriptSection?: TranscriptSectionResolvers<ContextType>;
  TranscriptSegment?: TranscriptSegmentResolvers<ContextType>;
  TranscriptTaskPayload?: TranscriptTaskPayloadResolvers<ContextType>;
  UploadPayload?: UploadPayloadResolvers<ContextType>;
  UploadTicket?: UploadTicketResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  VerificationProgress?: VerificationProgressResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  eventStream?: EventStreamDirectiveResolver<any, any, ContextType>;
};
