import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { IdentifiedSpan } from '@hoerok/shared/statistics';
import type { Todo as TodoRow } from '../entities/todo.entity.ts';
import type { TodoChange as TodoChangeRow } from '../entities/todo-change.entity.ts';
import type { CalendarFeed as CalendarFeedRow } from '../entities/calendar-feed.entity.ts';
import type { TodoPage } from '../repositories/visible-todos.ts';
import type { EntityReference } from '@hoerok/shared/graphql';
import type { MeetingReference } from '../domain/progress.ts';
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
export type ActionItem = {
  readonly __typename?: 'ActionItem';
  readonly id: Scalars['ID']['output'];
  /** The todo that was made from it; at most one. */
  readonly todo?: Maybe<Todo>;
};

/** A secret address under which a calendar reads the open todos of the viewer that have a due date. */
export type CalendarFeed = {
  readonly __typename?: 'CalendarFeed';
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  /** Which calendar it is for. */
  readonly label: Scalars['String']['output'];
  /** When a calendar read it last, to the hour; null for never. */
  readonly lastReadAt?: Maybe<Scalars['DateTime']['output']>;
};

/** The new feed and its address, or why there is none. */
export type CreateCalendarFeedPayload = {
  readonly __typename?: 'CreateCalendarFeedPayload';
  /** Null when none was made. */
  readonly feed?: Maybe<CalendarFeed>;
  /** The address, for a calendar that subscribes to one. It is told here and never again: whoever has it can read. */
  readonly url?: Maybe<Scalars['String']['output']>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A new todo; the viewer becomes its creator. */
export type CreateTodoInput = {
  /** A user of the workspace. */
  readonly assigneeId?: InputMaybe<Scalars['ID']['input']>;
  readonly description?: InputMaybe<Scalars['String']['input']>;
  readonly dueAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** A meeting that the viewer may see. */
  readonly meetingId?: InputMaybe<Scalars['ID']['input']>;
  /** @default NORMAL */
  readonly priority?: InputMaybe<Priority>;
  /** Hours before dueAt at which its assignee is reminded: up to five, 0 to 720. @default 24 */
  readonly remindBefore?: InputMaybe<ReadonlyArray<Scalars['Int']['input']>>;
  /** 1 to 300 characters. */
  readonly title: Scalars['String']['input'];
};

/** The todo that is gone, or why not. */
export type DeleteTodoPayload = {
  readonly __typename?: 'DeleteTodoPayload';
  /** Its id; null when nothing was deleted. */
  readonly todoId?: Maybe<Scalars['ID']['output']>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The todos of the given action items, or why not. */
export type ImportTodosPayload = {
  readonly __typename?: 'ImportTodosPayload';
  /** How many action items had a todo already. */
  readonly skipped: Scalars['Int']['output'];
  /** One for each action item, in the order given. */
  readonly todos: ReadonlyArray<Todo>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A meeting of a workspace, visible to its participants and to ADMIN and MANAGER. */
export type Meeting = {
  readonly __typename?: 'Meeting';
  /** True once ENDED or CANCELED. */
  readonly closed: Scalars['Boolean']['output'];
  readonly id: Scalars['ID']['output'];
  /** How far the todos of this meeting are. */
  readonly progress: MeetingProgress;
  /** Todos of this meeting that the viewer may see. @default 20, newest first */
  readonly todos: TodoConnection;
};


/** A meeting of a workspace, visible to its participants and to ADMIN and MANAGER. */
export type MeetingTodosArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TodoFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TodoOrder>;
};

/** How far the todos of a meeting are; canceled todos count in none of the numbers. */
export type MeetingProgress = {
  readonly __typename?: 'MeetingProgress';
  /** Those that are done. */
  readonly done: Scalars['Int']['output'];
  /** Those whose due date has passed. */
  readonly overdue: Scalars['Int']['output'];
  /** Share of the done ones, 0 to 100; 0 when there are none. */
  readonly percent: Scalars['Float']['output'];
  /** Where the todos stand as a whole. */
  readonly state: ProgressState;
  /** Todos that have been done or have to be. */
  readonly total: Scalars['Int']['output'];
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Gives the todo to a user of the workspace, or with null to nobody; who may update it may do this. */
  readonly assignTodo: TodoPayload;
  /** Moves it to DONE. Repeating it changes nothing. */
  readonly completeTodo: TodoPayload;
  /** Makes a secret address for a calendar of the viewer, who may have ten. Not for API keys. */
  readonly createCalendarFeed: CreateCalendarFeedPayload;
  /** Writes a todo down; its meeting and its assignee have to be of the viewer's workspace. A GUEST has to name a meeting. */
  readonly createTodo: TodoPayload;
  /** Makes todos of up to 100 action items. An action item has at most one todo, so repeating it adds nothing. */
  readonly createTodosFromActionItems: ImportTodosPayload;
  /** Deletes a todo with its history, for its creator, the meeting's organizer, ADMIN and MANAGER. Its action item can become a todo again. */
  readonly deleteTodo: DeleteTodoPayload;
  /** Ends an address of the viewer's: from now on it answers 404. */
  readonly revokeCalendarFeed: RevokeCalendarFeedPayload;
  /** For the creator, the assignee, the meeting's organizer, ADMIN and MANAGER. */
  readonly updateTodo: TodoPayload;
  /** Changes up to 100 todos alike, each by itself and whatever its revision is: one that cannot be changed stops no other. */
  readonly updateTodos: UpdateTodosPayload;
};


export type MutationAssignTodoArgs = {
  id: Scalars['ID']['input'];
  userId?: InputMaybe<Scalars['ID']['input']>;
};


export type MutationCompleteTodoArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCreateCalendarFeedArgs = {
  label: Scalars['String']['input'];
};


export type MutationCreateTodoArgs = {
  input: CreateTodoInput;
};


export type MutationCreateTodosFromActionItemsArgs = {
  actionItemIds: ReadonlyArray<Scalars['ID']['input']>;
};


export type MutationDeleteTodoArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRevokeCalendarFeedArgs = {
  id: Scalars['ID']['input'];
};


export type MutationUpdateTodoArgs = {
  input: UpdateTodoInput;
};


export type MutationUpdateTodosArgs = {
  change: TodoChangeInput;
  ids: ReadonlyArray<Scalars['ID']['input']>;
};

/** Position of a page in a list. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** How urgent a todo is. */
export type Priority =
  | 'HIGH'
  | 'LOW'
  | 'NORMAL'
  | 'URGENT';

/** How far the todos of a meeting are. */
export type ProgressState =
  /** The meeting is closed, and each of its todos is done or canceled. */
  | 'COMPLETED'
  | 'IN_PROGRESS'
  /** No todo has been begun. */
  | 'NOT_STARTED';

export type Query = {
  readonly __typename?: 'Query';
  /** The viewer's calendar feeds, newest first, without their addresses. Not for API keys. */
  readonly calendarFeeds: ReadonlyArray<CalendarFeed>;
  /** One todo; null when it does not exist or the viewer may not see it. */
  readonly todo?: Maybe<Todo>;
  /** Todos the viewer may see. @default 20, newest first */
  readonly todos: TodoConnection;
};


export type QueryTodoArgs = {
  id: Scalars['ID']['input'];
};


export type QueryTodosArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TodoFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TodoOrder>;
};

/** The feed that has ended, or why it has not. */
export type RevokeCalendarFeedPayload = {
  readonly __typename?: 'RevokeCalendarFeedPayload';
  /** Its id; null when nothing was revoked. */
  readonly feedId?: Maybe<Scalars['ID']['output']>;
  readonly userErrors: ReadonlyArray<UserError>;
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * New, changed and deleted todos that the viewer wrote down or has to do, and those that were just given to somebody
   * else.
   */
  readonly myTodoUpdated: TodoUpdate;
  /**
   * New and changed todos of a meeting as they happen, for those who may see the meeting; who may no longer is
   * sent away with FORBIDDEN.
   */
  readonly todoUpdates: TodoUpdate;
};


export type SubscriptionTodoUpdatesArgs = {
  meetingId: Scalars['ID']['input'];
};

/** Something that somebody has to do. Those who may see its meeting see it, and so do its creator, its assignee, ADMIN and MANAGER. */
export type Todo = {
  readonly __typename?: 'Todo';
  /** Who has to do it. */
  readonly assignee?: Maybe<User>;
  /** When it was done; null again once it is reopened. */
  readonly completedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was written down. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Who wrote it down, or accepted the action item it was made from. */
  readonly createdBy: User;
  /** More about it. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** Until when it has to be done. */
  readonly dueAt?: Maybe<Scalars['DateTime']['output']>;
  /** What has changed since it was written down, newest first. @default 20 */
  readonly history: ReadonlyArray<TodoChange>;
  readonly id: Scalars['ID']['output'];
  /** The meeting it came out of. */
  readonly meeting?: Maybe<Meeting>;
  /** True when dueAt has passed and it is neither done nor canceled. */
  readonly overdue: Scalars['Boolean']['output'];
  /** How urgent it is. */
  readonly priority: Priority;
  /** Hours before dueAt at which its assignee is reminded, longest first; when it is late, once a day for a week. */
  readonly remindBefore: ReadonlyArray<Scalars['Int']['output']>;
  /** Rises with every change; updateTodo takes the one you saw. */
  readonly revision: Scalars['Int']['output'];
  /** The extracted action item this todo was made from; its evidence leads back to the transcript. */
  readonly source?: Maybe<ActionItem>;
  /** Where it stands. */
  readonly status: TodoStatus;
  /** What is to do. */
  readonly title: Scalars['String']['output'];
};


/** Something that somebody has to do. Those who may see its meeting see it, and so do its creator, its assignee, ADMIN and MANAGER. */
export type TodoHistoryArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** One changed field of a todo. */
export type TodoChange = {
  readonly __typename?: 'TodoChange';
  /** Who changed it. */
  readonly actor: User;
  /** When it changed. */
  readonly at: Scalars['DateTime']['output'];
  /** Name of the field, for example `status`; `assignee` stands for the assignee's id. */
  readonly field: Scalars['String']['output'];
  /** The value before, as text. */
  readonly from?: Maybe<Scalars['String']['output']>;
  /** The value after, as text. */
  readonly to?: Maybe<Scalars['String']['output']>;
};

/** What is to change of many todos; what is left out stays, and null empties description, assigneeId and dueAt. */
export type TodoChangeInput = {
  readonly assigneeId?: InputMaybe<Scalars['ID']['input']>;
  readonly description?: InputMaybe<Scalars['String']['input']>;
  readonly dueAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly priority?: InputMaybe<Priority>;
  /** Up to five, 0 to 720 hours. */
  readonly remindBefore?: InputMaybe<ReadonlyArray<Scalars['Int']['input']>>;
  /** WRONG_STATE for those from which it cannot be reached. */
  readonly status?: InputMaybe<TodoStatus>;
  readonly title?: InputMaybe<Scalars['String']['input']>;
};

/** A page of todos. */
export type TodoConnection = {
  readonly __typename?: 'TodoConnection';
  readonly edges: ReadonlyArray<TodoEdge>;
  readonly pageInfo: PageInfo;
  /** All that match, on whatever page. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A todo and its place in the list. */
export type TodoEdge = {
  readonly __typename?: 'TodoEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Todo;
};

/** Which todos to list; all conditions hold. */
export type TodoFilter = {
  /** Assigned to this user. */
  readonly assigneeId?: InputMaybe<Scalars['ID']['input']>;
  /** Written down, or accepted, by this user. */
  readonly createdById?: InputMaybe<Scalars['ID']['input']>;
  /** Due at this instant or later. */
  readonly dueAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** Due before this instant. */
  readonly dueBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Of this meeting. */
  readonly meetingId?: InputMaybe<Scalars['ID']['input']>;
  /** True: only what is late. False: only what is not. */
  readonly overdue?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of one of these priorities. */
  readonly priority?: InputMaybe<ReadonlyArray<Priority>>;
  /** In one of these states. */
  readonly status?: InputMaybe<ReadonlyArray<TodoStatus>>;
  /**
   * Words of title and description: all have to be there, a "quoted phrase" as it stands, -excluded words not at all. English
   * words in any form, Korean words with any particle; at most 200 characters.
   */
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

/** In which order todos are listed. */
export type TodoOrder =
  /** Newest first. */
  | 'CREATED_AT'
  /** Due soonest first, those without a due date at the end. */
  | 'DUE_AT'
  /** URGENT first, of the same priority the newest. */
  | 'PRIORITY';

/** The todo as it is now, or why not. */
export type TodoPayload = {
  readonly __typename?: 'TodoPayload';
  /** Null when nothing was done. */
  readonly todo?: Maybe<Todo>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Todos of a span of time in numbers. */
export type TodoStatistics = {
  readonly __typename?: 'TodoStatistics';
  /** Those that will not be done. */
  readonly canceled: Scalars['Int']['output'];
  /** How many were written down. */
  readonly created: Scalars['Int']['output'];
  /** Those that are done. */
  readonly done: Scalars['Int']['output'];
  /** Half of the done ones took no longer; null when none is done. */
  readonly medianHoursToDone?: Maybe<Scalars['Float']['output']>;
  /** Those that are neither done nor canceled. */
  readonly open: Scalars['Int']['output'];
  /** Those that are open and whose due date has passed. */
  readonly overdue: Scalars['Int']['output'];
};

/** OPEN, IN_PROGRESS and BLOCKED lead to one another, to DONE and to CANCELED; DONE and CANCELED can be opened again. */
export type TodoStatus =
  /** It waits for something else. */
  | 'BLOCKED'
  /** It will not be done. */
  | 'CANCELED'
  | 'DONE'
  /** Somebody works on it. */
  | 'IN_PROGRESS'
  /** Nobody has begun. */
  | 'OPEN';

/** Something that has happened to a todo. */
export type TodoUpdate = {
  readonly __typename?: 'TodoUpdate';
  /** Who did it; null for what came of the deletion of a meeting. */
  readonly actor?: Maybe<User>;
  /** Names of the fields with a new value, as in its history, and `meeting` when that was deleted; none for a new todo. */
  readonly changed: ReadonlyArray<Scalars['String']['output']>;
  /** What has happened. */
  readonly kind: TodoUpdateKind;
  /** The revision that this made of the todo: of two updates the one with the higher revision is later. */
  readonly revision: Scalars['Int']['output'];
  /** The todo as it is by now; null when it is gone or the viewer cannot see it any more, as after it was given to somebody else. */
  readonly todo?: Maybe<Todo>;
  /** The todo. */
  readonly todoId: Scalars['ID']['output'];
};

/** What can happen to a todo. */
export type TodoUpdateKind =
  | 'CHANGED'
  | 'CREATED'
  /** Somebody deleted it; or it is gone with the meeting whose action item it was, and there is no one who did it. */
  | 'DELETED';

/** Changes to a todo; what is left out stays, and null empties description, assigneeId and dueAt. */
export type UpdateTodoInput = {
  readonly assigneeId?: InputMaybe<Scalars['ID']['input']>;
  readonly description?: InputMaybe<Scalars['String']['input']>;
  readonly dueAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Revision the change is based on; CONFLICT when the todo has moved on. */
  readonly expectedRevision: Scalars['Int']['input'];
  readonly id: Scalars['ID']['input'];
  readonly priority?: InputMaybe<Priority>;
  /** Up to five, 0 to 720 hours. */
  readonly remindBefore?: InputMaybe<ReadonlyArray<Scalars['Int']['input']>>;
  /** WRONG_STATE when it cannot be reached from the present one. */
  readonly status?: InputMaybe<TodoStatus>;
  readonly title?: InputMaybe<Scalars['String']['input']>;
};

/** The todos that have changed or were so already, and why the others have not. */
export type UpdateTodosPayload = {
  readonly __typename?: 'UpdateTodosPayload';
  /** In the order of the ids. */
  readonly todos: ReadonlyArray<Todo>;
  /** One for each todo that stays as it was; path ends with the place of its id. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A person of the workspace. */
export type User = {
  readonly __typename?: 'User';
  readonly id: Scalars['ID']['output'];
  /** Todos assigned to this person that the viewer may see. @default 20, newest first */
  readonly todos: TodoConnection;
};


/** A person of the workspace. */
export type UserTodosArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TodoFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TodoOrder>;
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

/** A workspace in a span of time, in numbers; each domain counts its own. For ADMIN and MANAGER. */
export type WorkspaceStatistics = {
  readonly __typename?: 'WorkspaceStatistics';
  readonly id: Scalars['ID']['output'];
  /** The todos that were written down in it, as they are now. */
  readonly todos: TodoStatistics;
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
  Todo: Todo;
  User: User;
  WorkspaceStatistics: WorkspaceStatistics;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  ActionItem:
    ( { __typename: 'ActionItem' }
    & GraphQLRecursivePick<FederationTypes['ActionItem'], {"id":true}> );
  Meeting:
    ( { __typename: 'Meeting' }
    & GraphQLRecursivePick<FederationTypes['Meeting'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Meeting'], {"closed":true}> ) );
  Todo:
    ( { __typename: 'Todo' }
    & GraphQLRecursivePick<FederationTypes['Todo'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
  WorkspaceStatistics:
    ( { __typename: 'WorkspaceStatistics' }
    & GraphQLRecursivePick<FederationTypes['WorkspaceStatistics'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ActionItem: ResolverTypeWrapper<EntityReference>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CalendarFeed: ResolverTypeWrapper<CalendarFeedRow>;
  CreateCalendarFeedPayload: ResolverTypeWrapper<Omit<CreateCalendarFeedPayload, 'feed'> & { feed?: Maybe<ResolversTypes['CalendarFeed']> }>;
  CreateTodoInput: CreateTodoInput;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteTodoPayload: ResolverTypeWrapper<DeleteTodoPayload>;
  ImportTodosPayload: ResolverTypeWrapper<Omit<ImportTodosPayload, 'todos'> & { todos: ReadonlyArray<ResolversTypes['Todo']> }>;
  Meeting: ResolverTypeWrapper<MeetingReference>;
  MeetingProgress: ResolverTypeWrapper<MeetingProgress>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Priority: Priority;
  ProgressState: ProgressState;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RevokeCalendarFeedPayload: ResolverTypeWrapper<RevokeCalendarFeedPayload>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Todo: ResolverTypeWrapper<TodoRow>;
  TodoChange: ResolverTypeWrapper<TodoChangeRow>;
  TodoChangeInput: TodoChangeInput;
  TodoConnection: ResolverTypeWrapper<TodoPage>;
  TodoEdge: ResolverTypeWrapper<Omit<TodoEdge, 'node'> & { node: ResolversTypes['Todo'] }>;
  TodoFilter: TodoFilter;
  TodoOrder: TodoOrder;
  TodoPayload: ResolverTypeWrapper<Omit<TodoPayload, 'todo'> & { todo?: Maybe<ResolversTypes['Todo']> }>;
  TodoStatistics: ResolverTypeWrapper<TodoStatistics>;
  TodoStatus: TodoStatus;
  TodoUpdate: ResolverTypeWrapper<Omit<TodoUpdate, 'actor' | 'todo'> & { actor?: Maybe<ResolversTypes['User']>, todo?: Maybe<ResolversTypes['Todo']> }>;
  TodoUpdateKind: TodoUpdateKind;
  UpdateTodoInput: UpdateTodoInput;
  UpdateTodosPayload: ResolverTypeWrapper<Omit<UpdateTodosPayload, 'todos'> & { todos: ReadonlyArray<ResolversTypes['Todo']> }>;
  User: ResolverTypeWrapper<EntityReference>;
  UserError: ResolverTypeWrapper<UserError>;
  WorkspaceStatistics: ResolverTypeWrapper<IdentifiedSpan>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ActionItem: EntityReference;
  ID: Scalars['ID']['output'];
  CalendarFeed: CalendarFeedRow;
  CreateCalendarFeedPayload: Omit<CreateCalendarFeedPayload, 'feed'> & { feed?: Maybe<ResolversParentTypes['CalendarFeed']> };
  CreateTodoInput: CreateTodoInput;
  Int: Scalars['Int']['output'];
  DateTime: Scalars['DateTime']['output'];
  DeleteTodoPayload: DeleteTodoPayload;
  ImportTodosPayload: Omit<ImportTodosPayload, 'todos'> & { todos: ReadonlyArray<ResolversParentTypes['Todo']> };
  Meeting: MeetingReference;
  MeetingProgress: MeetingProgress;
  Float: Scalars['Float']['output'];
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  RevokeCalendarFeedPayload: RevokeCalendarFeedPayload;
  Subscription: Record<PropertyKey, never>;
  Todo: TodoRow;
  TodoChange: TodoChangeRow;
  TodoChangeInput: TodoChangeInput;
  TodoConnection: TodoPage;
  TodoEdge: Omit<TodoEdge, 'node'> & { node: ResolversParentTypes['Todo'] };
  TodoFilter: TodoFilter;
  TodoPayload: Omit<TodoPayload, 'todo'> & { todo?: Maybe<ResolversParentTypes['Todo']> };
  TodoStatistics: TodoStatistics;
  TodoUpdate: Omit<TodoUpdate, 'actor' | 'todo'> & { actor?: Maybe<ResolversParentTypes['User']>, todo?: Maybe<ResolversParentTypes['Todo']> };
  UpdateTodoInput: UpdateTodoInput;
  UpdateTodosPayload: Omit<UpdateTodosPayload, 'todos'> & { todos: ReadonlyArray<ResolversParentTypes['Todo']> };
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

export type ActionItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActionItem'] = ResolversParentTypes['ActionItem'], FederationReferenceType extends FederationReferenceTypes['ActionItem'] = FederationReferenceTypes['ActionItem']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ActionItem']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  todo?: Resolver<Maybe<ResolversTypes['Todo']>, ParentType, ContextType>;
};

export type CalendarFeedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CalendarFeed'] = ResolversParentTypes['CalendarFeed']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastReadAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type CreateCalendarFeedPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateCalendarFeedPayload'] = ResolversParentTypes['CreateCalendarFeedPayload']> = {
  feed?: Resolver<Maybe<ResolversTypes['CalendarFeed']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteTodoPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteTodoPayload'] = ResolversParentTypes['DeleteTodoPayload']> = {
  todoId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ImportTodosPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportTodosPayload'] = ResolversParentTypes['ImportTodosPayload']> = {
  skipped?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  todos?: Resolver<ReadonlyArray<ResolversTypes['Todo']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MeetingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Meeting'] = ResolversParentTypes['Meeting'], FederationReferenceType extends FederationReferenceTypes['Meeting'] = FederationReferenceTypes['Meeting']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Meeting']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['MeetingProgress'], ParentType, ContextType>;
  todos?: Resolver<ResolversTypes['TodoConnection'], ParentType, ContextType, Partial<MeetingTodosArgs>>;
};

export type MeetingProgressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MeetingProgress'] = ResolversParentTypes['MeetingProgress']> = {
  done?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  percent?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ProgressState'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  assignTodo?: Resolver<ResolversTypes['TodoPayload'], ParentType, ContextType, RequireFields<MutationAssignTodoArgs, 'id'>>;
  completeTodo?: Resolver<ResolversTypes['TodoPayload'], ParentType, ContextType, RequireFields<MutationCompleteTodoArgs, 'id'>>;
  createCalendarFeed?: Resolver<ResolversTypes['CreateCalendarFeedPayload'], ParentType, ContextType, RequireFields<MutationCreateCalendarFeedArgs, 'label'>>;
  createTodo?: Resolver<ResolversTypes['TodoPayload'], ParentType, ContextType, RequireFields<MutationCreateTodoArgs, 'input'>>;
  createTodosFromActionItems?: Resolver<ResolversTypes['ImportTodosPayload'], ParentType, ContextType, RequireFields<MutationCreateTodosFromActionItemsArgs, 'actionItemIds'>>;
  deleteTodo?: Resolver<ResolversTypes['DeleteTodoPayload'], ParentType, ContextType, RequireFields<MutationDeleteTodoArgs, 'id'>>;
  revokeCalendarFeed?: Resolver<ResolversTypes['RevokeCalendarFeedPayload'], ParentType, ContextType, RequireFields<MutationRevokeCalendarFeedArgs, 'id'>>;
  updateTodo?: Resolver<ResolversTypes['TodoPayload'], ParentType, ContextType, RequireFields<MutationUpdateTodoArgs, 'input'>>;
  updateTodos?: Resolver<ResolversTypes['UpdateTodosPayload'], ParentType, ContextType, RequireFields<MutationUpdateTodosArgs, 'change' | 'ids'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  calendarFeeds?: Resolver<ReadonlyArray<ResolversTypes['CalendarFeed']>, ParentType, ContextType>;
  todo?: Resolver<Maybe<ResolversTypes['Todo']>, ParentType, ContextType, RequireFields<QueryTodoArgs, 'id'>>;
  todos?: Resolver<ResolversTypes['TodoConnection'], ParentType, ContextType, Partial<QueryTodosArgs>>;
};

export type RevokeCalendarFeedPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevokeCalendarFeedPayload'] = ResolversParentTypes['RevokeCalendarFeedPayload']> = {
  feedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  myTodoUpdated?: SubscriptionResolver<ResolversTypes['TodoUpdate'], "myTodoUpdated", ParentType, ContextType>;
  todoUpdates?: SubscriptionResolver<ResolversTypes['TodoUpdate'], "todoUpdates", ParentType, ContextType, RequireFields<SubscriptionTodoUpdatesArgs, 'meetingId'>>;
};

export type TodoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Todo'] = ResolversParentTypes['Todo'], FederationReferenceType extends FederationReferenceTypes['Todo'] = FederationReferenceTypes['Todo']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Todo']> | FederationReferenceType, FederationReferenceType, ContextType>;
  assignee?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdBy?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  dueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  history?: Resolver<ReadonlyArray<ResolversTypes['TodoChange']>, ParentType, ContextType, Partial<TodoHistoryArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  meeting?: Resolver<Maybe<ResolversTypes['Meeting']>, ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  priority?: Resolver<ResolversTypes['Priority'], ParentType, ContextType>;
  remindBefore?: Resolver<ReadonlyArray<ResolversTypes['Int']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['ActionItem']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TodoStatus'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TodoChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TodoChange'] = ResolversParentTypes['TodoChange']> = {
  actor?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TodoConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TodoConnection'] = ResolversParentTypes['TodoConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TodoEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TodoEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TodoEdge'] = ResolversParentTypes['TodoEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Todo'], ParentType, ContextType>;
};

export type TodoPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TodoPayload'] = ResolversParentTypes['TodoPayload']> = {
  todo?: Resolver<Maybe<ResolversTypes['Todo']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TodoStatisticsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TodoStatistics'] = ResolversParentTypes['TodoStatistics']> = {
  canceled?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  created?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  done?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  medianHoursToDone?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  open?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TodoUpdateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TodoUpdate'] = ResolversParentTypes['TodoUpdate']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  changed?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['TodoUpdateKind'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  todo?: Resolver<Maybe<ResolversTypes['Todo']>, ParentType, ContextType>;
  todoId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type UpdateTodosPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateTodosPayload'] = ResolversParentTypes['UpdateTodosPayload']> = {
  todos?: Resolver<ReadonlyArray<ResolversTypes['Todo']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  todos?: Resolver<ResolversTypes['TodoConnection'], ParentType, ContextType, Partial<UserTodosArgs>>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type WorkspaceStatisticsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WorkspaceStatistics'] = ResolversParentTypes['WorkspaceStatistics'], FederationReferenceType extends FederationReferenceTypes['WorkspaceStatistics'] = FederationReferenceTypes['WorkspaceStatistics']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['WorkspaceStatistics']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  todos?: Resolver<ResolversTypes['TodoStatistics'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ActionItem?: ActionItemResolvers<ContextType>;
  CalendarFeed?: CalendarFeedResolvers<ContextType>;
  CreateCalendarFeedPayload?: CreateCalendarFeedPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteTodoPayload?: DeleteTodoPayloadResolvers<ContextType>;
  ImportTodosPayload?: ImportTodosPayloadResolvers<ContextType>;
  Meeting?: MeetingResolvers<ContextType>;
  MeetingProgress?: MeetingProgressResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RevokeCalendarFeedPayload?: RevokeCalendarFeedPayloadResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Todo?: TodoResolvers<ContextType>;
  TodoChange?: TodoChangeResolvers<ContextType>;
  TodoConnection?: TodoConnectionResolvers<ContextType>;
  TodoEdge?: TodoEdgeResolvers<ContextType>;
  TodoPayload?: TodoPayloadResolvers<ContextType>;
  TodoStatistics?: TodoStatisticsResolvers<ContextType>;
  TodoUpdate?: TodoUpdateResolvers<ContextType>;
  UpdateTodosPayload?: UpdateTodosPayloadResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  WorkspaceStatistics?: WorkspaceStatisticsResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  eventStream?: EventStreamDirectiveResolver<any, any, ContextType>;
};
