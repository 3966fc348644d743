import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Minutes as MinutesRow } from '../entities/minutes.entity.ts';
import type { MinutesItem as MinutesItemRow } from '../entities/minutes-item.entity.ts';
import type { Evidence as EvidenceRow } from '../entities/evidence.entity.ts';
import type { Keyword as KeywordRow } from '../entities/keyword.entity.ts';
import type { MeetingAnalysis as MeetingAnalysisRow } from '../repositories/bulk-analysis-repository.ts';
import type { EntityReference } from '@hoerok/shared/graphql';
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

/** Something somebody promised or was asked to do. It becomes a todo only when a person accepts it. */
export type ActionItem = MinutesItem & {
  readonly __typename?: 'ActionItem';
  /** Name of who is to do it, also when that is a guest or only a speaker label. */
  readonly assigneeName?: Maybe<Scalars['String']['output']>;
  /** 0 to 1. Orders items of one kind; it is not a probability. */
  readonly confidence: Scalars['Float']['output'];
  /** A date without a time of day means the end of that day at the meeting's place. */
  readonly dueAt?: Maybe<Scalars['DateTime']['output']>;
  /** The words the due date was read from, verbatim. */
  readonly dueText?: Maybe<Scalars['String']['output']>;
  /** Never empty. */
  readonly evidence: ReadonlyArray<Evidence>;
  readonly id: Scalars['ID']['output'];
  /** The meeting it was said in. */
  readonly meeting: Meeting;
  /** The minutes it stands in. */
  readonly minutes: Minutes;
  /** Who wrote the text. */
  readonly origin: Origin;
  /** What people have decided about it. */
  readonly review: ReviewState;
  /** Rises with every review. */
  readonly revision: Scalars['Int']['output'];
  /** Who is to do it, as the speech tells or as the review says; null when nobody is known or it is no user. */
  readonly suggestedAssignee?: Maybe<User>;
  /** What it says. */
  readonly text: Scalars['String']['output'];
};

/** The task that writes the minutes, or why there is none. */
export type AnalysisPayload = {
  readonly __typename?: 'AnalysisPayload';
  /** Null when nothing was started. */
  readonly task?: Maybe<Task>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Which transcript to analyze. */
export type AnalyzeInput = {
  /** The same value gives the same task, however often it is sent. */
  readonly clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** BCP 47 tag, or `mul` for several languages. @default the transcript's */
  readonly language?: InputMaybe<Scalars['String']['input']>;
  readonly transcriptId: Scalars['ID']['input'];
};

/** Which meetings to analyze: the newest transcript of each. */
export type AnalyzeMeetingsInput = {
  /** The same value gives the same task, however often it is sent. */
  readonly clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** BCP 47 tag, or `mul` for several languages. @default each transcript's */
  readonly language?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 100, each once. */
  readonly meetingIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** The task that has all minutes written, or why there is none: an error for each meeting that stands in the way. */
export type AnalyzeMeetingsPayload = {
  readonly __typename?: 'AnalyzeMeetingsPayload';
  /** Null when nothing was started. */
  readonly task?: Maybe<Task>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Something the meeting may have decided, by a deciding phrase. */
export type Decision = MinutesItem & {
  readonly __typename?: 'Decision';
  /** 0 to 1. Orders items of one kind; it is not a probability. */
  readonly confidence: Scalars['Float']['output'];
  /** Never empty. */
  readonly evidence: ReadonlyArray<Evidence>;
  readonly id: Scalars['ID']['output'];
  /** Who wrote the text. */
  readonly origin: Origin;
  /** What people have decided about it. */
  readonly review: ReviewState;
  /** Rises with every review. */
  readonly revision: Scalars['Int']['output'];
  /** What it says. */
  readonly text: Scalars['String']['output'];
};

/** Where a statement was said: `quote` is the text from `startChar` to `endChar` of the segment at `segmentRevision`. */
export type Evidence = {
  readonly __typename?: 'Evidence';
  /** Behind the last character. */
  readonly endChar: Scalars['Int']['output'];
  /** The words, verbatim as the segment had them at segmentRevision. */
  readonly quote: Scalars['String']['output'];
  /** Where the words were said. */
  readonly segment: TranscriptSegment;
  /** Revision that was quoted; a higher one in `segment { revision }` says that the segment has changed since. */
  readonly segmentRevision: Scalars['Int']['output'];
  /** First character, counted in UTF-16 code units from 0. */
  readonly startChar: Scalars['Int']['output'];
};

/** A word that marks this meeting. */
export type Keyword = {
  readonly __typename?: 'Keyword';
  /** Where it was said, at most 20 or a few more. */
  readonly segments: ReadonlyArray<TranscriptSegment>;
  /** The word as it was said most often. */
  readonly text: Scalars['String']['output'];
  /** Relative: the strongest keyword of a meeting has 1. */
  readonly weight: Scalars['Float']['output'];
};

/** A meeting of a workspace, visible to its participants and to ADMIN and MANAGER. */
export type Meeting = {
  readonly __typename?: 'Meeting';
  readonly id: Scalars['ID']['output'];
  /** The newest minutes. */
  readonly minutes?: Maybe<Minutes>;
};

/** One meeting of a bulk analysis. */
export type MeetingAnalysis = {
  readonly __typename?: 'MeetingAnalysis';
  /** The meeting that is analyzed. */
  readonly meeting: Meeting;
  /** What it made; null until then, and when the minutes were withdrawn. */
  readonly minutes?: Maybe<Minutes>;
  /** PENDING before its turn; CANCELLED when that never came. */
  readonly status: TaskStatus;
  /** The task that writes its minutes; null before its turn. */
  readonly task?: Maybe<Task>;
};

/** The minutes of a meeting as one analysis of its transcript found them; visible to whoever may see the meeting. */
export type Minutes = {
  readonly __typename?: 'Minutes';
  /** Suggested action items. */
  readonly actionItems: ReadonlyArray<ActionItem>;
  /** Possible decisions. */
  readonly decisions: ReadonlyArray<Decision>;
  /** True when no language model took part: sentences are selected, not written. */
  readonly extractive: Scalars['Boolean']['output'];
  /** When they were made. */
  readonly generatedAt: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  /** Strongest first. @default 10 */
  readonly keywords: ReadonlyArray<Keyword>;
  /** BCP 47 tag, or `mul` for several languages. */
  readonly language: Scalars['String']['output'];
  /** The minutes as a CommonMark document, without rejected items; Korean, English or bilingual headings. */
  readonly markdown: Scalars['String']['output'];
  /** The meeting they are of. */
  readonly meeting: Meeting;
  /** Questions that stayed open. */
  readonly openQuestions: ReadonlyArray<OpenQuestion>;
  /** True when the transcript has changed since. */
  readonly outdated: Scalars['Boolean']['output'];
  /** Two or three sentences of facts: length, speakers, keywords, counts. */
  readonly overview: Scalars['String']['output'];
  /** Key statements in the order they were said. */
  readonly points: ReadonlyArray<SummaryPoint>;
  /** What made them: `extractive` for the local analysis. */
  readonly provider: Scalars['String']['output'];
  /** 1 for the first minutes of a meeting; each analysis makes new ones. */
  readonly revision: Scalars['Int']['output'];
  /** The transcript they were made of. */
  readonly transcript: Transcript;
  /** Revision of the transcript that was analyzed. */
  readonly transcriptRevision: Scalars['Int']['output'];
};


/** The minutes of a meeting as one analysis of its transcript found them; visible to whoever may see the meeting. */
export type MinutesKeywordsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A statement of the minutes, with the words it was taken from. */
export type MinutesItem = {
  /** 0 to 1. Orders items of one kind; it is not a probability. */
  readonly confidence: Scalars['Float']['output'];
  /** Never empty. */
  readonly evidence: ReadonlyArray<Evidence>;
  readonly id: Scalars['ID']['output'];
  /** Who wrote the text. */
  readonly origin: Origin;
  /** What people have decided about it. */
  readonly review: ReviewState;
  /** Rises with every review. */
  readonly revision: Scalars['Int']['output'];
  /** What it says. */
  readonly text: Scalars['String']['output'];
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /**
   * Makes new minutes of many meetings, as one task: all of them are accepted or none. The work goes behind that of people who
   * wait for single minutes; a meeting that fails does not stop the others. Cancelling the task withdraws the minutes it has
   * made, but for those that somebody has reviewed.
   */
  readonly analyzeMeetings: AnalyzeMeetingsPayload;
  /** Makes new minutes of a transcript, as a task. Transcripts that are imported or verified are analyzed by themselves. */
  readonly analyzeTranscript: AnalysisPayload;
  /**
   * Decides on an item: ACCEPTED, REJECTED, or EDITED with the text as it should be. Whoever may see the meeting may review.
   * Repeating a review changes nothing. The first ACCEPTED or EDITED of an action item makes it a todo; from then on its
   * assignee and due date are the todo's, and it can no longer be rejected.
   */
  readonly reviewItem: ReviewPayload;
};


export type MutationAnalyzeMeetingsArgs = {
  input: AnalyzeMeetingsInput;
};


export type MutationAnalyzeTranscriptArgs = {
  input: AnalyzeInput;
};


export type MutationReviewItemArgs = {
  assigneeId?: InputMaybe<Scalars['ID']['input']>;
  dueAt?: InputMaybe<Scalars['DateTime']['input']>;
  expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  itemId: Scalars['ID']['input'];
  review: ReviewState;
  text?: InputMaybe<Scalars['String']['input']>;
};

/** A question the meeting left open. */
export type OpenQuestion = MinutesItem & {
  readonly __typename?: 'OpenQuestion';
  /** 0 to 1. Orders items of one kind; it is not a probability. */
  readonly confidence: Scalars['Float']['output'];
  /** Never empty. */
  readonly evidence: ReadonlyArray<Evidence>;
  readonly id: Scalars['ID']['output'];
  /** Who wrote the text. */
  readonly origin: Origin;
  /** What people have decided about it. */
  readonly review: ReviewState;
  /** Rises with every review. */
  readonly revision: Scalars['Int']['output'];
  /** What it says. */
  readonly text: Scalars['String']['output'];
};

/** Who put a statement into the minutes. */
export type Origin =
  /** Selected from the transcript by counting and rules on our own machines; no language model took part. */
  | 'EXTRACTIVE_LOCAL'
  /** Worded by a person. */
  | 'HUMAN';

export type Query = {
  readonly __typename?: 'Query';
  /** Action items in the order of the ids, at most 100; null for what does not exist or the viewer may not see. */
  readonly actionItems: ReadonlyArray<Maybe<ActionItem>>;
  /** One version of minutes; null when they do not exist or the viewer may not see them. */
  readonly minutes?: Maybe<Minutes>;
};


export type QueryActionItemsArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


export type QueryMinutesArgs = {
  id: Scalars['ID']['input'];
};

/** The item as it is now and the minutes it is in, or why not. */
export type ReviewPayload = {
  readonly __typename?: 'ReviewPayload';
  /** Null when nothing was changed. */
  readonly item?: Maybe<MinutesItem>;
  /** The minutes it stands in. */
  readonly minutes?: Maybe<Minutes>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** SUGGESTED until a person has decided. */
export type ReviewState =
  | 'ACCEPTED'
  /** Accepted with another text. */
  | 'EDITED'
  | 'REJECTED'
  | 'SUGGESTED';

/** A sentence selected from the meeting as important. */
export type SummaryPoint = MinutesItem & {
  readonly __typename?: 'SummaryPoint';
  /** 0 to 1. Orders items of one kind; it is not a probability. */
  readonly confidence: Scalars['Float']['output'];
  /** Never empty. */
  readonly evidence: ReadonlyArray<Evidence>;
  readonly id: Scalars['ID']['output'];
  /** Who wrote the text. */
  readonly origin: Origin;
  /** What people have decided about it. */
  readonly review: ReviewState;
  /** Rises with every review. */
  readonly revision: Scalars['Int']['output'];
  /** What it says. */
  readonly text: Scalars['String']['output'];
  /** The strongest keyword in it. */
  readonly topic?: Maybe<Scalars['String']['output']>;
};

/** Long work; visible to who asked for it, to whom it concerns, and to ADMIN and MANAGER. The subgraph that runs it adds the result to this entity. */
export type Task = {
  readonly __typename?: 'Task';
  /**
   * What a BULK_MINUTES task does about each of its meetings, in the order they were named. Empty for any other task, and for a
   * viewer who neither asked for it nor is ADMIN or MANAGER.
   */
  readonly analyses: ReadonlyArray<MeetingAnalysis>;
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
  /** What a MINUTES task made; null until it has COMPLETED. */
  readonly minutes?: Maybe<Minutes>;
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

/** What was said in a meeting, word for word. Visible to whoever sees the meeting. */
export type Transcript = {
  readonly __typename?: 'Transcript';
  readonly id: Scalars['ID']['output'];
  /** The newest minutes made of it. */
  readonly minutes?: Maybe<Minutes>;
};

/** One stretch of speech: a cue, sentence or turn of the captions. */
export type TranscriptSegment = {
  readonly __typename?: 'TranscriptSegment';
  readonly id: Scalars['ID']['output'];
};

/** A person of the workspace. */
export type User = {
  readonly __typename?: 'User';
  readonly id: Scalars['ID']['output'];
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
  ActionItem: ActionItem;
  Meeting: Meeting;
  Minutes: Minutes;
  Task: Task;
  Transcript: Transcript;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  ActionItem:
    ( { __typename: 'ActionItem' }
    & GraphQLRecursivePick<FederationTypes['ActionItem'], {"id":true}> );
  Meeting:
    ( { __typename: 'Meeting' }
    & GraphQLRecursivePick<FederationTypes['Meeting'], {"id":true}> );
  Minutes:
    ( { __typename: 'Minutes' }
    & GraphQLRecursivePick<FederationTypes['Minutes'], {"id":true}> );
  Task:
    ( { __typename: 'Task' }
    & GraphQLRecursivePick<FederationTypes['Task'], {"id":true}> );
  Transcript:
    ( { __typename: 'Transcript' }
    & GraphQLRecursivePick<FederationTypes['Transcript'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ActionItem: ResolverTypeWrapper<MinutesItemRow>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  AnalysisPayload: ResolverTypeWrapper<Omit<AnalysisPayload, 'task'> & { task?: Maybe<ResolversTypes['Task']> }>;
  AnalyzeInput: AnalyzeInput;
  AnalyzeMeetingsInput: AnalyzeMeetingsInput;
  AnalyzeMeetingsPayload: ResolverTypeWrapper<Omit<AnalyzeMeetingsPayload, 'task'> & { task?: Maybe<ResolversTypes['Task']> }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decision: ResolverTypeWrapper<MinutesItemRow>;
  Evidence: ResolverTypeWrapper<EvidenceRow>;
  Keyword: ResolverTypeWrapper<KeywordRow>;
  Meeting: ResolverTypeWrapper<EntityReference>;
  MeetingAnalysis: ResolverTypeWrapper<MeetingAnalysisRow>;
  Minutes: ResolverTypeWrapper<MinutesRow>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  MinutesItem: ResolverTypeWrapper<MinutesItemRow>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  OpenQuestion: ResolverTypeWrapper<MinutesItemRow>;
  Origin: Origin;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReviewPayload: ResolverTypeWrapper<Omit<ReviewPayload, 'item' | 'minutes'> & { item?: Maybe<ResolversTypes['MinutesItem']>, minutes?: Maybe<ResolversTypes['Minutes']> }>;
  ReviewState: ReviewState;
  SummaryPoint: ResolverTypeWrapper<MinutesItemRow>;
  Task: ResolverTypeWrapper<EntityReference>;
  TaskError: ResolverTypeWrapper<TaskError>;
  TaskKind: TaskKind;
  TaskPriority: TaskPriority;
  TaskStatus: TaskStatus;
  Transcript: ResolverTypeWrapper<EntityReference>;
  TranscriptSegment: ResolverTypeWrapper<EntityReference>;
  User: ResolverTypeWrapper<EntityReference>;
  UserError: ResolverTypeWrapper<UserError>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ActionItem: MinutesItemRow;
  String: Scalars['String']['output'];
  Float: Scalars['Float']['output'];
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  AnalysisPayload: Omit<AnalysisPayload, 'task'> & { task?: Maybe<ResolversParentTypes['Task']> };
  AnalyzeInput: AnalyzeInput;
  AnalyzeMeetingsInput: AnalyzeMeetingsInput;
  AnalyzeMeetingsPayload: Omit<AnalyzeMeetingsPayload, 'task'> & { task?: Maybe<ResolversParentTypes['Task']> };
  DateTime: Scalars['DateTime']['output'];
  Decision: MinutesItemRow;
  Evidence: EvidenceRow;
  Keyword: KeywordRow;
  Meeting: EntityReference;
  MeetingAnalysis: MeetingAnalysisRow;
  Minutes: MinutesRow;
  Boolean: Scalars['Boolean']['output'];
  MinutesItem: MinutesItemRow;
  Mutation: Record<PropertyKey, never>;
  OpenQuestion: MinutesItemRow;
  Query: Record<PropertyKey, never>;
  ReviewPayload: Omit<ReviewPayload, 'item' | 'minutes'> & { item?: Maybe<ResolversParentTypes['MinutesItem']>, minutes?: Maybe<ResolversParentTypes['Minutes']> };
  SummaryPoint: MinutesItemRow;
  Task: EntityReference;
  TaskError: TaskError;
  Transcript: EntityReference;
  TranscriptSegment: EntityReference;
  User: EntityReference;
  UserError: UserError;
};

export type ActionItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActionItem'] = ResolversParentTypes['ActionItem'], FederationReferenceType extends FederationReferenceTypes['ActionItem'] = FederationReferenceTypes['ActionItem']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ActionItem']> | FederationReferenceType, FederationReferenceType, ContextType>;
  assigneeName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  dueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  dueText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  meeting?: Resolver<ResolversTypes['Meeting'], ParentType, ContextType>;
  minutes?: Resolver<ResolversTypes['Minutes'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['Origin'], ParentType, ContextType>;
  review?: Resolver<ResolversTypes['ReviewState'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  suggestedAssignee?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AnalysisPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AnalysisPayload'] = ResolversParentTypes['AnalysisPayload']> = {
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AnalyzeMeetingsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AnalyzeMeetingsPayload'] = ResolversParentTypes['AnalyzeMeetingsPayload']> = {
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DecisionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Decision'] = ResolversParentTypes['Decision']> = {
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['Origin'], ParentType, ContextType>;
  review?: Resolver<ResolversTypes['ReviewState'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EvidenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Evidence'] = ResolversParentTypes['Evidence']> = {
  endChar?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  quote?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  segment?: Resolver<ResolversTypes['TranscriptSegment'], ParentType, ContextType>;
  segmentRevision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  startChar?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type KeywordResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Keyword'] = ResolversParentTypes['Keyword']> = {
  segments?: Resolver<ReadonlyArray<ResolversTypes['TranscriptSegment']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  weight?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type MeetingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Meeting'] = ResolversParentTypes['Meeting'], FederationReferenceType extends FederationReferenceTypes['Meeting'] = FederationReferenceTypes['Meeting']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Meeting']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  minutes?: Resolver<Maybe<ResolversTypes['Minutes']>, ParentType, ContextType>;
};

export type MeetingAnalysisResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MeetingAnalysis'] = ResolversParentTypes['MeetingAnalysis']> = {
  meeting?: Resolver<ResolversTypes['Meeting'], ParentType, ContextType>;
  minutes?: Resolver<Maybe<ResolversTypes['Minutes']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TaskStatus'], ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
};

export type MinutesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Minutes'] = ResolversParentTypes['Minutes'], FederationReferenceType extends FederationReferenceTypes['Minutes'] = FederationReferenceTypes['Minutes']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Minutes']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actionItems?: Resolver<ReadonlyArray<ResolversTypes['ActionItem']>, ParentType, ContextType>;
  decisions?: Resolver<ReadonlyArray<ResolversTypes['Decision']>, ParentType, ContextType>;
  extractive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  generatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  keywords?: Resolver<ReadonlyArray<ResolversTypes['Keyword']>, ParentType, ContextType, Partial<MinutesKeywordsArgs>>;
  language?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  markdown?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  meeting?: Resolver<ResolversTypes['Meeting'], ParentType, ContextType>;
  openQuestions?: Resolver<ReadonlyArray<ResolversTypes['OpenQuestion']>, ParentType, ContextType>;
  outdated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  overview?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  points?: Resolver<ReadonlyArray<ResolversTypes['SummaryPoint']>, ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  transcript?: Resolver<ResolversTypes['Transcript'], ParentType, ContextType>;
  transcriptRevision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MinutesItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MinutesItem'] = ResolversParentTypes['MinutesItem']> = {
  __resolveType: TypeResolveFn<'ActionItem' | 'Decision' | 'OpenQuestion' | 'SummaryPoint', ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  analyzeMeetings?: Resolver<ResolversTypes['AnalyzeMeetingsPayload'], ParentType, ContextType, RequireFields<MutationAnalyzeMeetingsArgs, 'input'>>;
  analyzeTranscript?: Resolver<ResolversTypes['AnalysisPayload'], ParentType, ContextType, RequireFields<MutationAnalyzeTranscriptArgs, 'input'>>;
  reviewItem?: Resolver<ResolversTypes['ReviewPayload'], ParentType, ContextType, RequireFields<MutationReviewItemArgs, 'itemId' | 'review'>>;
};

export type OpenQuestionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OpenQuestion'] = ResolversParentTypes['OpenQuestion']> = {
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['Origin'], ParentType, ContextType>;
  review?: Resolver<ResolversTypes['ReviewState'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  actionItems?: Resolver<ReadonlyArray<Maybe<ResolversTypes['ActionItem']>>, ParentType, ContextType, RequireFields<QueryActionItemsArgs, 'ids'>>;
  minutes?: Resolver<Maybe<ResolversTypes['Minutes']>, ParentType, ContextType, RequireFields<QueryMinutesArgs, 'id'>>;
};

export type ReviewPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewPayload'] = ResolversParentTypes['ReviewPayload']> = {
  item?: Resolver<Maybe<ResolversTypes['MinutesItem']>, ParentType, ContextType>;
  minutes?: Resolver<Maybe<ResolversTypes['Minutes']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SummaryPointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SummaryPoint'] = ResolversParentTypes['SummaryPoint']> = {
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['Origin'], ParentType, ContextType>;
  review?: Resolver<ResolversTypes['ReviewState'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  topic?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TaskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Task'] = ResolversParentTypes['Task'], FederationReferenceType extends FederationReferenceTypes['Task'] = FederationReferenceTypes['Task']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Task']> | FederationReferenceType, FederationReferenceType, ContextType>;
  analyses?: Resolver<ReadonlyArray<ResolversTypes['MeetingAnalysis']>, ParentType, ContextType>;
  attempt?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['TaskError']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['TaskKind'], ParentType, ContextType>;
  maxAttempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  meeting?: Resolver<Maybe<ResolversTypes['Meeting']>, ParentType, ContextType>;
  minutes?: Resolver<Maybe<ResolversTypes['Minutes']>, ParentType, ContextType>;
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

export type TranscriptResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Transcript'] = ResolversParentTypes['Transcript'], FederationReferenceType extends FederationReferenceTypes['Transcript'] = FederationReferenceTypes['Transcript']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Transcript']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  minutes?: Resolver<Maybe<ResolversTypes['Minutes']>, ParentType, ContextType>;
};

export type TranscriptSegmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TranscriptSegment'] = ResolversParentTypes['TranscriptSegment']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ActionItem?: ActionItemResolvers<ContextType>;
  AnalysisPayload?: AnalysisPayloadResolvers<ContextType>;
  AnalyzeMeetingsPayload?: AnalyzeMeetingsPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Decision?: DecisionResolvers<ContextType>;
  Evidence?: EvidenceResolvers<ContextType>;
  Keyword?: KeywordResolvers<ContextType>;
  Meeting?: MeetingResolvers<ContextType>;
  MeetingAnalysis?: MeetingAnalysisResolvers<ContextType>;
  Minutes?: MinutesResolvers<ContextType>;
  MinutesItem?: MinutesItemResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  OpenQuestion?: OpenQuestionResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ReviewPayload?: ReviewPayloadResolvers<ContextType>;
  SummaryPoint?: SummaryPointResolvers<ContextType>;
  Task?: TaskResolvers<ContextType>;
  TaskError?: TaskErrorResolvers<ContextType>;
  Transcript?: TranscriptResolvers<ContextType>;
  TranscriptSegment?: TranscriptSegmentResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

