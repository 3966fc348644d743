import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Task as TaskRow } from '../entities/task.entity.ts';
import type { Connection, EntityReference } from '@hoerok/shared/graphql';
import type { DeadLetterSummary } from '../entities/dead-letter.entity.ts';
import type { QueueStatus as QueueStatusRow } from '../repositories/queue-repository.ts';
import type { OperatorAudit } from '../entities/operator-audit.entity.ts';
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

/**
 * A message that nobody could handle: the order for a task that failed for good, or an event that a service could not
 * take. For ADMIN only, of their own workspace; letters of which nobody can tell whose they are show nowhere.
 */
export type DeadLetter = {
  readonly __typename?: 'DeadLetter';
  /** When it was given up. */
  readonly at: Scalars['DateTime']['output'];
  /**
   * Why it was given up. Of a task: permanent, exhausted, crash-loop, expired, malformed. Of an event: schema (unreadable, or
   * of an unknown version), permanent, exhausted, max-deliver.
   */
  readonly cause: Scalars['String']['output'];
  /** How often it was delivered; of a task, its attempts. */
  readonly deliveries: Scalars['Int']['output'];
  /** What went wrong, in up to 500 characters. */
  readonly error: Scalars['String']['output'];
  readonly id: Scalars['ID']['output'];
  /** When it got another chance. Should it fail again, that is a new dead letter. */
  readonly replayedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who gave it that chance. */
  readonly replayedBy?: Maybe<User>;
  /** Stream it died in. */
  readonly stream: Scalars['String']['output'];
  /** Subject it had there: `task.<service>.<kind>.<lane>` or `evt.<service>.<workspace>.<aggregate>.<id>.<event>`. */
  readonly subject: Scalars['String']['output'];
  /** The task that failed; null for an event. */
  readonly task?: Maybe<Task>;
};

/** A page of dead letters, newest first. */
export type DeadLetterConnection = {
  readonly __typename?: 'DeadLetterConnection';
  readonly edges: ReadonlyArray<DeadLetterEdge>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

/** A dead letter and its place in the list. */
export type DeadLetterEdge = {
  readonly __typename?: 'DeadLetterEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: DeadLetter;
};

/** Which dead letters to list; all conditions hold. */
export type DeadLetterFilter = {
  /** Any of these. */
  readonly cause?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Those that were replayed, or those that were not. */
  readonly replayed?: InputMaybe<Scalars['Boolean']['input']>;
};

/** The dead letters as they are now, or why not. */
export type DeadLetterPayload = {
  readonly __typename?: 'DeadLetterPayload';
  /** Empty when nothing was done. */
  readonly deadLetters: ReadonlyArray<DeadLetter>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A meeting of the workspace. */
export type Meeting = {
  readonly __typename?: 'Meeting';
  readonly id: Scalars['ID']['output'];
  /** Tasks of this meeting that the viewer may see, newest first. @default 20 */
  readonly tasks: TaskConnection;
};


/** A meeting of the workspace. */
export type MeetingTasksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /**
   * Asks a task to stop: a waiting one ends at once, a running one within seconds. One that covers several services undoes what
   * it has done, unless it has gone too far for that: then it goes on. Answers the task as it is now; follow taskUpdated. For
   * who asked for it, ADMIN and MANAGER. Repeating it changes nothing.
   */
  readonly cancelTask: TaskPayload;
  /**
   * Gives up to 100 dead letters another chance, once what killed them is mended; all of them or none. A failed task is started
   * again; an event is published again under its own id, so that only who has not handled it handles it now. One that
   * was replayed already is left as it is. An event must be less than 20 days old. For ADMIN.
   */
  readonly replayDeadLetters: DeadLetterPayload;
  /**
   * Asks every service to tell of its tasks in the viewer's workspace once more, as they are now: fills in what this list of
   * tasks has lost or never heard of. With createdSince, of those created since then. Clients that follow a task may get its
   * state again, under the revision that they have. For ADMIN.
   */
  readonly retellTasks: RetellTasksPayload;
  /**
   * Gives a FAILED or CANCELLED task new attempts; WRONG_STATE for a SAGA_STEP. Answers the task as it is now. For who asked for
   * it, ADMIN and MANAGER.
   */
  readonly retryTask: TaskPayload;
};


export type MutationCancelTaskArgs = {
  id: Scalars['ID']['input'];
};


export type MutationReplayDeadLettersArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


export type MutationRetellTasksArgs = {
  createdSince?: InputMaybe<Scalars['DateTime']['input']>;
};


export type MutationRetryTaskArgs = {
  id: Scalars['ID']['input'];
};

/** What a person may ask of the platform's work. */
export type OperatorAction =
  | 'CANCEL_TASK'
  | 'REPLAY_DEAD_LETTERS'
  | 'RETELL_TASKS'
  | 'RETRY_TASK';

/** A page of the audit, newest first. */
export type OperatorAuditConnection = {
  readonly __typename?: 'OperatorAuditConnection';
  readonly edges: ReadonlyArray<OperatorAuditEdge>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

/** An entry and its place in the list. */
export type OperatorAuditEdge = {
  readonly __typename?: 'OperatorAuditEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: OperatorAuditEntry;
};

/** Who asked what of the platform's work, and when; never changed and never deleted. What was refused is not in it. */
export type OperatorAuditEntry = {
  readonly __typename?: 'OperatorAuditEntry';
  /** What was asked. */
  readonly action: OperatorAction;
  /** Who asked. */
  readonly actor: User;
  /** When it was asked. */
  readonly at: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  /** What became of it. */
  readonly outcome: OperatorOutcome;
  /** Ids of the tasks or dead letters; empty for RETELL_TASKS. */
  readonly targetIds: ReadonlyArray<Scalars['ID']['output']>;
};

/** What became of it. */
export type OperatorOutcome =
  /** It was passed on to who has to act. */
  | 'SENT'
  /** It was as wished already. */
  | 'UNCHANGED';

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
  /** Dead letters of the workspace, newest first. For ADMIN. @default 20 */
  readonly deadLetters: DeadLetterConnection;
  /** What people have asked of tasks and dead letters of the workspace, newest first. For ADMIN. @default 20 */
  readonly operatorAudit: OperatorAuditConnection;
  /** The queues of the workspace, one for each kind of task. For ADMIN. */
  readonly queues: ReadonlyArray<QueueStatus>;
  /** One task; null when it does not exist or the viewer may not see it. */
  readonly task?: Maybe<Task>;
  /** Tasks the viewer may see, newest first. @default 20 */
  readonly tasks: TaskConnection;
};


export type QueryDeadLettersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DeadLetterFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryOperatorAuditArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryTaskArgs = {
  id: Scalars['ID']['input'];
};


export type QueryTasksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TaskFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** How the tasks of one kind stand in the viewer's workspace, as far as their owners have told. */
export type QueueStatus = {
  readonly __typename?: 'QueueStatus';
  /** Tasks that failed for good within the last hour. */
  readonly failuresLastHour: Scalars['Int']['output'];
  /** The kind of task. */
  readonly name: Scalars['String']['output'];
  /** Seconds since the oldest of the waiting tasks was accepted; 0 when none waits. */
  readonly oldestPendingSeconds: Scalars['Int']['output'];
  /** Tasks that wait for a worker or for their next attempt. */
  readonly pending: Scalars['Int']['output'];
  /** Tasks that a worker has. */
  readonly processing: Scalars['Int']['output'];
};

/** What became of the wish to have tasks told again. */
export type RetellTasksPayload = {
  readonly __typename?: 'RetellTasksPayload';
  /** Whether the services have been asked; the tasks come within seconds. */
  readonly requested: Scalars['Boolean']['output'];
  readonly userErrors: ReadonlyArray<UserError>;
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /** Every change of a task that the viewer asked for or that concerns the viewer. */
  readonly myTaskUpdated: Task;
  /** The task as it is now, then each change; completes by itself once the task has ended. */
  readonly taskUpdated: Task;
};


export type SubscriptionTaskUpdatedArgs = {
  id: Scalars['ID']['input'];
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
};

/** A page of tasks, newest first. */
export type TaskConnection = {
  readonly __typename?: 'TaskConnection';
  readonly edges: ReadonlyArray<TaskEdge>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

/** A task and its place in the list. */
export type TaskEdge = {
  readonly __typename?: 'TaskEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Task;
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

/** Which tasks to list; all conditions hold. */
export type TaskFilter = {
  /** Any of these. */
  readonly kind?: InputMaybe<ReadonlyArray<TaskKind>>;
  readonly meetingId?: InputMaybe<Scalars['ID']['input']>;
  /** Any of these. */
  readonly status?: InputMaybe<ReadonlyArray<TaskStatus>>;
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

/** The task as it is now, or why not. */
export type TaskPayload = {
  readonly __typename?: 'TaskPayload';
  /** Null when nothing was done. */
  readonly task?: Maybe<Task>;
  readonly userErrors: ReadonlyArray<UserError>;
};

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
  DeadLetter: DeadLetter;
  Meeting: Meeting;
  Task: Task;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  DeadLetter:
    ( { __typename: 'DeadLetter' }
    & GraphQLRecursivePick<FederationTypes['DeadLetter'], {"id":true}> );
  Meeting:
    ( { __typename: 'Meeting' }
    & GraphQLRecursivePick<FederationTypes['Meeting'], {"id":true}> );
  Task:
    ( { __typename: 'Task' }
    & GraphQLRecursivePick<FederationTypes['Task'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeadLetter: ResolverTypeWrapper<DeadLetterSummary>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  DeadLetterConnection: ResolverTypeWrapper<Connection<DeadLetterSummary>>;
  DeadLetterEdge: ResolverTypeWrapper<Omit<DeadLetterEdge, 'node'> & { node: ResolversTypes['DeadLetter'] }>;
  DeadLetterFilter: DeadLetterFilter;
  DeadLetterPayload: ResolverTypeWrapper<Omit<DeadLetterPayload, 'deadLetters'> & { deadLetters: ReadonlyArray<ResolversTypes['DeadLetter']> }>;
  Meeting: ResolverTypeWrapper<EntityReference>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  OperatorAction: OperatorAction;
  OperatorAuditConnection: ResolverTypeWrapper<Connection<OperatorAudit>>;
  OperatorAuditEdge: ResolverTypeWrapper<Omit<OperatorAuditEdge, 'node'> & { node: ResolversTypes['OperatorAuditEntry'] }>;
  OperatorAuditEntry: ResolverTypeWrapper<OperatorAudit>;
  OperatorOutcome: OperatorOutcome;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  QueueStatus: ResolverTypeWrapper<QueueStatusRow>;
  RetellTasksPayload: ResolverTypeWrapper<RetellTasksPayload>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Task: ResolverTypeWrapper<TaskRow>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  TaskConnection: ResolverTypeWrapper<Connection<TaskRow>>;
  TaskEdge: ResolverTypeWrapper<Omit<TaskEdge, 'node'> & { node: ResolversTypes['Task'] }>;
  TaskError: ResolverTypeWrapper<TaskError>;
  TaskFilter: TaskFilter;
  TaskKind: TaskKind;
  TaskPayload: ResolverTypeWrapper<Omit<TaskPayload, 'task'> & { task?: Maybe<ResolversTypes['Task']> }>;
  TaskPriority: TaskPriority;
  TaskStatus: TaskStatus;
  User: ResolverTypeWrapper<EntityReference>;
  UserError: ResolverTypeWrapper<UserError>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  DeadLetter: DeadLetterSummary;
  Int: Scalars['Int']['output'];
  ID: Scalars['ID']['output'];
  DeadLetterConnection: Connection<DeadLetterSummary>;
  DeadLetterEdge: Omit<DeadLetterEdge, 'node'> & { node: ResolversParentTypes['DeadLetter'] };
  DeadLetterFilter: DeadLetterFilter;
  DeadLetterPayload: Omit<DeadLetterPayload, 'deadLetters'> & { deadLetters: ReadonlyArray<ResolversParentTypes['DeadLetter']> };
  Meeting: EntityReference;
  Mutation: Record<PropertyKey, never>;
  OperatorAuditConnection: Connection<OperatorAudit>;
  OperatorAuditEdge: Omit<OperatorAuditEdge, 'node'> & { node: ResolversParentTypes['OperatorAuditEntry'] };
  OperatorAuditEntry: OperatorAudit;
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  QueueStatus: QueueStatusRow;
  RetellTasksPayload: RetellTasksPayload;
  Subscription: Record<PropertyKey, never>;
  Task: TaskRow;
  Float: Scalars['Float']['output'];
  TaskConnection: Connection<TaskRow>;
  TaskEdge: Omit<TaskEdge, 'node'> & { node: ResolversParentTypes['Task'] };
  TaskError: TaskError;
  TaskFilter: TaskFilter;
  TaskPayload: Omit<TaskPayload, 'task'> & { task?: Maybe<ResolversParentTypes['Task']> };
  User: EntityReference;
  UserError: UserError;
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

export type DeadLetterResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeadLetter'] = ResolversParentTypes['DeadLetter'], FederationReferenceType extends FederationReferenceTypes['DeadLetter'] = FederationReferenceTypes['DeadLetter']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['DeadLetter']> | FederationReferenceType, FederationReferenceType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cause?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  deliveries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  error?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  replayedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  replayedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
};

export type DeadLetterConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeadLetterConnection'] = ResolversParentTypes['DeadLetterConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DeadLetterEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DeadLetterEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeadLetterEdge'] = ResolversParentTypes['DeadLetterEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['DeadLetter'], ParentType, ContextType>;
};

export type DeadLetterPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeadLetterPayload'] = ResolversParentTypes['DeadLetterPayload']> = {
  deadLetters?: Resolver<ReadonlyArray<ResolversTypes['DeadLetter']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MeetingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Meeting'] = ResolversParentTypes['Meeting'], FederationReferenceType extends FederationReferenceTypes['Meeting'] = FederationReferenceTypes['Meeting']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Meeting']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  tasks?: Resolver<ResolversTypes['TaskConnection'], ParentType, ContextType, Partial<MeetingTasksArgs>>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelTask?: Resolver<ResolversTypes['TaskPayload'], ParentType, ContextType, RequireFields<MutationCancelTaskArgs, 'id'>>;
  replayDeadLetters?: Resolver<ResolversTypes['DeadLetterPayload'], ParentType, ContextType, RequireFields<MutationReplayDeadLettersArgs, 'ids'>>;
  retellTasks?: Resolver<ResolversTypes['RetellTasksPayload'], ParentType, ContextType, Partial<MutationRetellTasksArgs>>;
  retryTask?: Resolver<ResolversTypes['TaskPayload'], ParentType, ContextType, RequireFields<MutationRetryTaskArgs, 'id'>>;
};

export type OperatorAuditConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OperatorAuditConnection'] = ResolversParentTypes['OperatorAuditConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['OperatorAuditEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OperatorAuditEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OperatorAuditEdge'] = ResolversParentTypes['OperatorAuditEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['OperatorAuditEntry'], ParentType, ContextType>;
};

export type OperatorAuditEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OperatorAuditEntry'] = ResolversParentTypes['OperatorAuditEntry']> = {
  action?: Resolver<ResolversTypes['OperatorAction'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['OperatorOutcome'], ParentType, ContextType>;
  targetIds?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  deadLetters?: Resolver<ResolversTypes['DeadLetterConnection'], ParentType, ContextType, Partial<QueryDeadLettersArgs>>;
  operatorAudit?: Resolver<ResolversTypes['OperatorAuditConnection'], ParentType, ContextType, Partial<QueryOperatorAuditArgs>>;
  queues?: Resolver<ReadonlyArray<ResolversTypes['QueueStatus']>, ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType, RequireFields<QueryTaskArgs, 'id'>>;
  tasks?: Resolver<ResolversTypes['TaskConnection'], ParentType, ContextType, Partial<QueryTasksArgs>>;
};

export type QueueStatusResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QueueStatus'] = ResolversParentTypes['QueueStatus']> = {
  failuresLastHour?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  oldestPendingSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  processing?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RetellTasksPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RetellTasksPayload'] = ResolversParentTypes['RetellTasksPayload']> = {
  requested?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  myTaskUpdated?: SubscriptionResolver<ResolversTypes['Task'], "myTaskUpdated", ParentType, ContextType>;
  taskUpdated?: SubscriptionResolver<ResolversTypes['Task'], "taskUpdated", ParentType, ContextType, RequireFields<SubscriptionTaskUpdatedArgs, 'id'>>;
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
};

export type TaskConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskConnection'] = ResolversParentTypes['TaskConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TaskEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TaskEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskEdge'] = ResolversParentTypes['TaskEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Task'], ParentType, ContextType>;
};

export type TaskErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskError'] = ResolversParentTypes['TaskError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type TaskPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskPayload'] = ResolversParentTypes['TaskPayload']> = {
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
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
  DateTime?: GraphQLScalarType;
  DeadLetter?: DeadLetterResolvers<ContextType>;
  DeadLetterConnection?: DeadLetterConnectionResolvers<ContextType>;
  DeadLetterEdge?: DeadLetterEdgeResolvers<ContextType>;
  DeadLetterPayload?: DeadLetterPayloadResolvers<ContextType>;
  Meeting?: MeetingResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  OperatorAuditConnection?: OperatorAuditConnectionResolvers<ContextType>;
  OperatorAuditEdge?: OperatorAuditEdgeResolvers<ContextType>;
  OperatorAuditEntry?: OperatorAuditEntryResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  QueueStatus?: QueueStatusResolvers<ContextType>;
  RetellTasksPayload?: RetellTasksPayloadResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Task?: TaskResolvers<ContextType>;
  TaskConnection?: TaskConnectionResolvers<ContextType>;
  TaskEdge?: TaskEdgeResolvers<ContextType>;
  TaskError?: TaskErrorResolvers<ContextType>;
  TaskPayload?: TaskPayloadResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  eventStream?: EventStreamDirectiveResolver<any, any, ContextType>;
};
