import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Notification as NotificationRow } from '../entities/notification.entity.ts';
import type { NotificationPage } from '../services/inbox-page.ts';
import type { MarkedRead } from '../services/mark-read.ts';
import type { EntityReference } from '@hoerok/shared/graphql';
import type { SubjectReference } from '../domain/notification-kind.ts';
import type { Delivery as DeliveryRow } from '../entities/delivery.entity.ts';
import type { DeliveryPage } from '../services/delivery-log.ts';
import type { WebhookEndpoint as WebhookEndpointRow } from '../entities/webhook-endpoint.entity.ts';
import type { Preferences } from '../domain/preferences.ts';
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

/** A way of telling. */
export type Channel =
  | 'EMAIL'
  /** The list of notifications and the subscription. */
  | 'IN_APP'
  | 'SMS'
  /** A program of the workspace, told once of each event; see createWebhook. */
  | 'WEBHOOK';

/** The channels of one kind. */
export type ChannelPreference = {
  readonly __typename?: 'ChannelPreference';
  /** IN_APP, EMAIL and SMS; none when the person does not want to be told. */
  readonly channels: ReadonlyArray<Channel>;
  /** What is told. */
  readonly kind: NotificationKind;
};

/** The channels of a kind; what is not named keeps its own. */
export type ChannelPreferenceInput = {
  /** IN_APP, EMAIL and SMS; WEBHOOK is refused, for endpoints belong to the workspace. */
  readonly channels: ReadonlyArray<Channel>;
  readonly kind: NotificationKind;
};

/** Whether the endpoint is gone, or why not. */
export type DeleteWebhookPayload = {
  readonly __typename?: 'DeleteWebhookPayload';
  /** Null when nothing was done. */
  readonly deletedId?: Maybe<Scalars['ID']['output']>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** One message by one channel. It never says where to: addresses and numbers are kept nowhere. */
export type Delivery = {
  readonly __typename?: 'Delivery';
  /** Those that have begun. */
  readonly attempts: Scalars['Int']['output'];
  /** By what it goes. */
  readonly channel: Channel;
  /** What it tells of, for example meeting.created; digest for a daily digest, webhook.test for a test. */
  readonly event: Scalars['String']['output'];
  /** The same for all attempts: the local part of the Message-ID, the Idempotency-Key of an SMS, the webhook-id. */
  readonly id: Scalars['ID']['output'];
  /** A code or a status, for example SMTP 550; null after a success. */
  readonly lastError?: Maybe<Scalars['String']['output']>;
  /** As the receiver sees it. */
  readonly messageId?: Maybe<Scalars['String']['output']>;
  /** When it is tried again, or for the first time; null when it does not wait by itself. */
  readonly nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** When what it tells of happened. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** What took it, or was to: inbox, smtp, sms, spool or webhook; null before the first attempt. */
  readonly provider?: Maybe<Scalars['String']['output']>;
  /** Null for webhooks. */
  readonly recipient?: Maybe<User>;
  /** Of the last HTTP answer. */
  readonly responseStatus?: Maybe<Scalars['Int']['output']>;
  /** When somebody took it. */
  readonly sentAt?: Maybe<Scalars['DateTime']['output']>;
  /** What became of it so far. */
  readonly state: DeliveryState;
  /** The webhook that it goes to; null for people. */
  readonly webhookId?: Maybe<Scalars['ID']['output']>;
};

/** A page of deliveries, newest first. */
export type DeliveryConnection = {
  readonly __typename?: 'DeliveryConnection';
  readonly edges: ReadonlyArray<DeliveryEdge>;
  readonly pageInfo: PageInfo;
  /** All that match, on whatever page. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A delivery and its place in the list. */
export type DeliveryEdge = {
  readonly __typename?: 'DeliveryEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Delivery;
};

/** The delivery that waits now, or why none does. */
export type DeliveryPayload = {
  readonly __typename?: 'DeliveryPayload';
  /** Null when nothing was done. */
  readonly delivery?: Maybe<Delivery>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What became of a message. */
export type DeliveryState =
  /** The receiver itself took it: in the app, or an endpoint that answered 2xx. */
  | 'DELIVERED'
  /** It was given up; `lastError` says why. */
  | 'FAILED'
  /** It waits: for a worker, for its next attempt, for the end of quiet hours or for the daily digest. */
  | 'PENDING'
  /** The provider took it. */
  | 'SENT'
  /** It lies in a file, for no provider is set up. Nobody has it. */
  | 'SPOOLED'
  /** It was not wanted any more; `lastError` says why. */
  | 'SUPPRESSED';

/** How e-mails come. */
export type DigestMode =
  /** All that is unread in one, at 08:00 by the clock of the person; none when there is nothing. */
  | 'DAILY'
  /** Each at once. */
  | 'INSTANT';

/** How many were marked. */
export type MarkAllReadPayload = {
  readonly __typename?: 'MarkAllReadPayload';
  /** Notifications that were unread until now. */
  readonly markedCount: Scalars['Int']['output'];
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The notifications as they are now, or why not. */
export type MarkReadPayload = {
  readonly __typename?: 'MarkReadPayload';
  /** In the order of the ids. */
  readonly notifications: ReadonlyArray<Notification>;
  /** Those of the viewer that are still unread. */
  readonly unreadCount: Scalars['Int']['output'];
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A meeting of a workspace, visible to its participants and to ADMIN and MANAGER. */
export type Meeting = {
  readonly __typename?: 'Meeting';
  readonly id: Scalars['ID']['output'];
};

/** The minutes of a meeting as one analysis of its transcript found them; visible to whoever may see the meeting. */
export type Minutes = {
  readonly __typename?: 'Minutes';
  readonly id: Scalars['ID']['output'];
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /**
   * Has an https address called once for each event of these kinds, whoever is told of it; at most 20. Addresses that do not
   * lead to the public internet are refused, when they are given and again at every call. For an ADMIN who has signed in, as
   * the following ones.
   */
  readonly createWebhook: WebhookPayload;
  /** Removes it, with the log of what was sent to it. */
  readonly deleteWebhook: DeleteWebhookPayload;
  /** Marks every notification of the viewer as read. */
  readonly markAllRead: MarkAllReadPayload;
  /** Marks up to 500 of the viewer's notifications as read. Repeating it changes nothing. */
  readonly markRead: MarkReadPayload;
  /**
   * Has a delivery that failed, was suppressed or lies in the spool sent again, under the same id. WRONG_STATE for any other.
   * For ADMIN and MANAGER.
   */
  readonly retryDelivery: DeliveryPayload;
  /** Gives it another secret; for 24 hours messages are signed with both. */
  readonly rotateWebhookSecret: WebhookPayload;
  /** Changes how the viewer wants to be told, from now on and for what still waits. */
  readonly setNotificationPreferences: NotificationPreferencesPayload;
  /** Sends a message of type webhook.test; the delivery tells what becomes of it. WRONG_STATE when it is off. */
  readonly testWebhook: DeliveryPayload;
  /** What is left out stays. Switching it on forgets what has failed; switching it off ends what waits. */
  readonly updateWebhook: WebhookPayload;
};


export type MutationCreateWebhookArgs = {
  kinds: ReadonlyArray<NotificationKind>;
  url: Scalars['String']['input'];
};


export type MutationDeleteWebhookArgs = {
  id: Scalars['ID']['input'];
};


export type MutationMarkReadArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


export type MutationRetryDeliveryArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRotateWebhookSecretArgs = {
  id: Scalars['ID']['input'];
};


export type MutationSetNotificationPreferencesArgs = {
  input: NotificationPreferencesInput;
};


export type MutationTestWebhookArgs = {
  id: Scalars['ID']['input'];
};


export type MutationUpdateWebhookArgs = {
  enabled?: InputMaybe<Scalars['Boolean']['input']>;
  id: Scalars['ID']['input'];
  kinds?: InputMaybe<ReadonlyArray<NotificationKind>>;
  url?: InputMaybe<Scalars['String']['input']>;
};

/** Something that one person was told of, once; nobody else sees it. */
export type Notification = {
  readonly __typename?: 'Notification';
  /** What there is to know or to do, in the language of `title`. */
  readonly body: Scalars['String']['output'];
  /** When it happened. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The ways it went to its recipient, and what became of each. */
  readonly deliveries: ReadonlyArray<Delivery>;
  readonly id: Scalars['ID']['output'];
  /** What it tells of. */
  readonly kind: NotificationKind;
  /** When the recipient marked it as read. */
  readonly readAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who is told. */
  readonly recipient: User;
  /** What it is about; null when that is gone or hidden from the recipient. */
  readonly subject?: Maybe<NotificationSubject>;
  /** One line. Takes `en` or `ko`, by default the language of the preferences, else of the meeting; other languages give English. */
  readonly title: Scalars['String']['output'];
};


/** Something that one person was told of, once; nobody else sees it. */
export type NotificationBodyArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};


/** Something that one person was told of, once; nobody else sees it. */
export type NotificationTitleArgs = {
  language?: InputMaybe<Scalars['String']['input']>;
};

/** A page of notifications, newest first. */
export type NotificationConnection = {
  readonly __typename?: 'NotificationConnection';
  readonly edges: ReadonlyArray<NotificationEdge>;
  readonly pageInfo: PageInfo;
  /** All that match, on whatever page. */
  readonly totalCount: Scalars['Int']['output'];
  /** All unread ones of this person, whatever the list holds. */
  readonly unreadCount: Scalars['Int']['output'];
};

/** A notification and its place in the list. */
export type NotificationEdge = {
  readonly __typename?: 'NotificationEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Notification;
};

/** What somebody is told of. */
export type NotificationKind =
  | 'MEETING_CANCELED'
  /** The recipient was invited to a meeting. */
  | 'MEETING_CREATED'
  | 'MEETING_ENDED'
  /** A meeting in which the recipient does not take part was shared with them. */
  | 'MEETING_SHARED'
  | 'MINUTES_READY'
  /** Somebody commented on a section that the recipient edited, or whose meeting they organized. */
  | 'SECTION_COMMENTED'
  /** Somebody disputes a section of a transcript that the recipient edited, or whose meeting they organized. */
  | 'SECTION_DISPUTED'
  /** Long work that the recipient asked for has failed for good. */
  | 'TASK_FAILED'
  /** Somebody else gave the recipient a todo. */
  | 'TODO_ASSIGNED'
  | 'TODO_COMPLETED'
  /** A todo of the recipient is due soon, or late: then once a day for a week. */
  | 'TODO_DUE'
  /** Somebody else changed the status of a todo of the recipient. */
  | 'TODO_STATUS_CHANGED'
  | 'TRANSCRIPT_READY'
  | 'TRANSCRIPT_VERIFIED'
  /** The recipient's approval of a transcript is asked for. */
  | 'VERIFICATION_REQUESTED'
  /** An endpoint of the workspace was switched off, for it has failed for days. Told to every ADMIN. */
  | 'WEBHOOK_DISABLED';

/** How a person wants to be told. */
export type NotificationPreferences = {
  readonly __typename?: 'NotificationPreferences';
  /** One for each kind. */
  readonly channels: ReadonlyArray<ChannelPreference>;
  /** Whether e-mails come at once or gathered once a day. */
  readonly digest: DigestMode;
  /** Language of what is told; null for the locale of the profile in e-mails and SMS, and for that of the meeting in the app. */
  readonly language?: Maybe<Scalars['String']['output']>;
  /** For SMS, in E.164; null for none. */
  readonly phone?: Maybe<Scalars['String']['output']>;
  /** Null for none. */
  readonly quietHours?: Maybe<QuietHours>;
};

/** Changes to how the viewer wants to be told; what is left out stays. */
export type NotificationPreferencesInput = {
  readonly channels?: InputMaybe<ReadonlyArray<ChannelPreferenceInput>>;
  readonly digest?: InputMaybe<DigestMode>;
  /** `ko` or `en`; null for the locale of the profile, and in the app for the language of the meeting. */
  readonly language?: InputMaybe<Scalars['String']['input']>;
  /** E.164, for example +821012345678; null removes it. SMS needs one. */
  readonly phone?: InputMaybe<Scalars['String']['input']>;
  /** Null removes them. */
  readonly quietHours?: InputMaybe<QuietHoursInput>;
};

/** The preferences as they are now, or why not. */
export type NotificationPreferencesPayload = {
  readonly __typename?: 'NotificationPreferencesPayload';
  /** Null when nothing was changed. */
  readonly preferences?: Maybe<NotificationPreferences>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What a notification is about; null when its owner does not show it to the viewer any more. */
export type NotificationSubject = Meeting | Minutes | Todo | Transcript;

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
  /** What was sent in the workspace, and what became of it, newest first. For ADMIN and MANAGER. @default 20 */
  readonly deliveryLog: DeliveryConnection;
  /** One notification of the viewer; null when it does not exist or is somebody else's. */
  readonly notification?: Maybe<Notification>;
  /** The endpoints of the workspace, oldest first. For an ADMIN who has signed in. */
  readonly webhooks: ReadonlyArray<WebhookEndpoint>;
};


export type QueryDeliveryLogArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  channel?: InputMaybe<Channel>;
  first?: InputMaybe<Scalars['Int']['input']>;
  state?: InputMaybe<DeliveryState>;
};


export type QueryNotificationArgs = {
  id: Scalars['ID']['input'];
};

/** A part of the day without e-mail and SMS; in the app everything comes at once. */
export type QuietHours = {
  readonly __typename?: 'QuietHours';
  /** HH:MM by the clock of the person. */
  readonly from: Scalars['String']['output'];
  /** HH:MM; before `from` means on the next day. */
  readonly to: Scalars['String']['output'];
};

/** A part of the day. */
export type QuietHoursInput = {
  /** HH:MM */
  readonly from: Scalars['String']['input'];
  /** HH:MM; before `from` means on the next day. */
  readonly to: Scalars['String']['input'];
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /** What the viewer is told of, the moment it is told. */
  readonly notificationReceived: Notification;
};

/** Something that somebody has to do. Those who may see its meeting see it, and so do its creator, its assignee, ADMIN and MANAGER. */
export type Todo = {
  readonly __typename?: 'Todo';
  readonly id: Scalars['ID']['output'];
};

/** What was said in a meeting, word for word. Visible to whoever sees the meeting. */
export type Transcript = {
  readonly __typename?: 'Transcript';
  readonly id: Scalars['ID']['output'];
};

/** A person of the workspace. */
export type User = {
  readonly __typename?: 'User';
  readonly id: Scalars['ID']['output'];
  /** How the viewer wants to be told; null for anybody else. */
  readonly notificationPreferences?: Maybe<NotificationPreferences>;
  /** The viewer's own notifications, newest first; empty for anybody else. @default 20, read and unread */
  readonly notifications: NotificationConnection;
};


/** A person of the workspace. */
export type UserNotificationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  unreadOnly?: InputMaybe<Scalars['Boolean']['input']>;
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

/** A program that a workspace has told of what happens. Only an ADMIN sees it. */
export type WebhookEndpoint = {
  readonly __typename?: 'WebhookEndpoint';
  /** When it was registered. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** What was sent to it, newest first. @default 20 */
  readonly deliveries: DeliveryConnection;
  /** Since when it is off; null while it is on. */
  readonly disabledAt?: Maybe<Scalars['DateTime']['output']>;
  /** FAILING for five days, GONE (it answered 410) or BY_ADMIN. */
  readonly disabledReason?: Maybe<Scalars['String']['output']>;
  /** Since when it has done nothing but fail; null when it last answered. */
  readonly failingSince?: Maybe<Scalars['DateTime']['output']>;
  readonly id: Scalars['ID']['output'];
  /** What it is told of. */
  readonly kinds: ReadonlyArray<NotificationKind>;
  /** The last characters of its secret. */
  readonly secretHint: Scalars['String']['output'];
  /** Where it is called. */
  readonly url: Scalars['String']['output'];
};


/** A program that a workspace has told of what happens. Only an ADMIN sees it. */
export type WebhookEndpointDeliveriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  state?: InputMaybe<DeliveryState>;
};

/** An endpoint and, when one was made, the only copy of its secret. */
export type WebhookPayload = {
  readonly __typename?: 'WebhookPayload';
  /** Null when nothing was done. */
  readonly endpoint?: Maybe<WebhookEndpoint>;
  /** Signs what is sent, by the Standard Webhooks specification; it is shown this once. Null when none was made. */
  readonly signingSecret?: Maybe<Scalars['String']['output']>;
  readonly userErrors: ReadonlyArray<UserError>;
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
  Notification: Notification;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Notification:
    ( { __typename: 'Notification' }
    & GraphQLRecursivePick<FederationTypes['Notification'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  NotificationSubject:
    | ( SubjectReference & { __typename: 'Meeting' } )
    | ( SubjectReference & { __typename: 'Minutes' } )
    | ( SubjectReference & { __typename: 'Todo' } )
    | ( SubjectReference & { __typename: 'Transcript' } )
  ;
};


/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Channel: Channel;
  ChannelPreference: ResolverTypeWrapper<ChannelPreference>;
  ChannelPreferenceInput: ChannelPreferenceInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteWebhookPayload: ResolverTypeWrapper<DeleteWebhookPayload>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Delivery: ResolverTypeWrapper<DeliveryRow>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  DeliveryConnection: ResolverTypeWrapper<DeliveryPage>;
  DeliveryEdge: ResolverTypeWrapper<Omit<DeliveryEdge, 'node'> & { node: ResolversTypes['Delivery'] }>;
  DeliveryPayload: ResolverTypeWrapper<Omit<DeliveryPayload, 'delivery'> & { delivery?: Maybe<ResolversTypes['Delivery']> }>;
  DeliveryState: DeliveryState;
  DigestMode: DigestMode;
  MarkAllReadPayload: ResolverTypeWrapper<MarkAllReadPayload>;
  MarkReadPayload: ResolverTypeWrapper<MarkedRead>;
  Meeting: ResolverTypeWrapper<SubjectReference>;
  Minutes: ResolverTypeWrapper<SubjectReference>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Notification: ResolverTypeWrapper<NotificationRow>;
  NotificationConnection: ResolverTypeWrapper<NotificationPage>;
  NotificationEdge: ResolverTypeWrapper<Omit<NotificationEdge, 'node'> & { node: ResolversTypes['Notification'] }>;
  NotificationKind: NotificationKind;
  NotificationPreferences: ResolverTypeWrapper<Preferences>;
  NotificationPreferencesInput: NotificationPreferencesInput;
  NotificationPreferencesPayload: ResolverTypeWrapper<Omit<NotificationPreferencesPayload, 'preferences'> & { preferences?: Maybe<ResolversTypes['NotificationPreferences']> }>;
  NotificationSubject: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['NotificationSubject']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  QuietHours: ResolverTypeWrapper<QuietHours>;
  QuietHoursInput: QuietHoursInput;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Todo: ResolverTypeWrapper<SubjectReference>;
  Transcript: ResolverTypeWrapper<SubjectReference>;
  User: ResolverTypeWrapper<EntityReference>;
  UserError: ResolverTypeWrapper<UserError>;
  WebhookEndpoint: ResolverTypeWrapper<WebhookEndpointRow>;
  WebhookPayload: ResolverTypeWrapper<Omit<WebhookPayload, 'endpoint'> & { endpoint?: Maybe<ResolversTypes['WebhookEndpoint']> }>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ChannelPreference: ChannelPreference;
  ChannelPreferenceInput: ChannelPreferenceInput;
  DateTime: Scalars['DateTime']['output'];
  DeleteWebhookPayload: DeleteWebhookPayload;
  ID: Scalars['ID']['output'];
  Delivery: DeliveryRow;
  Int: Scalars['Int']['output'];
  DeliveryConnection: DeliveryPage;
  DeliveryEdge: Omit<DeliveryEdge, 'node'> & { node: ResolversParentTypes['Delivery'] };
  DeliveryPayload: Omit<DeliveryPayload, 'delivery'> & { delivery?: Maybe<ResolversParentTypes['Delivery']> };
  MarkAllReadPayload: MarkAllReadPayload;
  MarkReadPayload: MarkedRead;
  Meeting: SubjectReference;
  Minutes: SubjectReference;
  Mutation: Record<PropertyKey, never>;
  Notification: NotificationRow;
  NotificationConnection: NotificationPage;
  NotificationEdge: Omit<NotificationEdge, 'node'> & { node: ResolversParentTypes['Notification'] };
  NotificationPreferences: Preferences;
  NotificationPreferencesInput: NotificationPreferencesInput;
  NotificationPreferencesPayload: Omit<NotificationPreferencesPayload, 'preferences'> & { preferences?: Maybe<ResolversParentTypes['NotificationPreferences']> };
  NotificationSubject: ResolversUnionTypes<ResolversParentTypes>['NotificationSubject'];
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  QuietHours: QuietHours;
  QuietHoursInput: QuietHoursInput;
  Subscription: Record<PropertyKey, never>;
  Todo: SubjectReference;
  Transcript: SubjectReference;
  User: EntityReference;
  UserError: UserError;
  WebhookEndpoint: WebhookEndpointRow;
  WebhookPayload: Omit<WebhookPayload, 'endpoint'> & { endpoint?: Maybe<ResolversParentTypes['WebhookEndpoint']> };
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

export type ChannelPreferenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChannelPreference'] = ResolversParentTypes['ChannelPreference']> = {
  channels?: Resolver<ReadonlyArray<ResolversTypes['Channel']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['NotificationKind'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteWebhookPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteWebhookPayload'] = ResolversParentTypes['DeleteWebhookPayload']> = {
  deletedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeliveryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Delivery'] = ResolversParentTypes['Delivery']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['Channel'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastError?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  messageId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  nextAttemptAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  provider?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recipient?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  responseStatus?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['DeliveryState'], ParentType, ContextType>;
  webhookId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type DeliveryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeliveryConnection'] = ResolversParentTypes['DeliveryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DeliveryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DeliveryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeliveryEdge'] = ResolversParentTypes['DeliveryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Delivery'], ParentType, ContextType>;
};

export type DeliveryPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeliveryPayload'] = ResolversParentTypes['DeliveryPayload']> = {
  delivery?: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MarkAllReadPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MarkAllReadPayload'] = ResolversParentTypes['MarkAllReadPayload']> = {
  markedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MarkReadPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MarkReadPayload'] = ResolversParentTypes['MarkReadPayload']> = {
  notifications?: Resolver<ReadonlyArray<ResolversTypes['Notification']>, ParentType, ContextType>;
  unreadCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MeetingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Meeting'] = ResolversParentTypes['Meeting']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MinutesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Minutes'] = ResolversParentTypes['Minutes']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  createWebhook?: Resolver<ResolversTypes['WebhookPayload'], ParentType, ContextType, RequireFields<MutationCreateWebhookArgs, 'kinds' | 'url'>>;
  deleteWebhook?: Resolver<ResolversTypes['DeleteWebhookPayload'], ParentType, ContextType, RequireFields<MutationDeleteWebhookArgs, 'id'>>;
  markAllRead?: Resolver<ResolversTypes['MarkAllReadPayload'], ParentType, ContextType>;
  markRead?: Resolver<ResolversTypes['MarkReadPayload'], ParentType, ContextType, RequireFields<MutationMarkReadArgs, 'ids'>>;
  retryDelivery?: Resolver<ResolversTypes['DeliveryPayload'], ParentType, ContextType, RequireFields<MutationRetryDeliveryArgs, 'id'>>;
  rotateWebhookSecret?: Resolver<ResolversTypes['WebhookPayload'], ParentType, ContextType, RequireFields<MutationRotateWebhookSecretArgs, 'id'>>;
  setNotificationPreferences?: Resolver<ResolversTypes['NotificationPreferencesPayload'], ParentType, ContextType, RequireFields<MutationSetNotificationPreferencesArgs, 'input'>>;
  testWebhook?: Resolver<ResolversTypes['DeliveryPayload'], ParentType, ContextType, RequireFields<MutationTestWebhookArgs, 'id'>>;
  updateWebhook?: Resolver<ResolversTypes['WebhookPayload'], ParentType, ContextType, RequireFields<MutationUpdateWebhookArgs, 'id'>>;
};

export type NotificationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Notification'] = ResolversParentTypes['Notification'], FederationReferenceType extends FederationReferenceTypes['Notification'] = FederationReferenceTypes['Notification']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Notification']> | FederationReferenceType, FederationReferenceType, ContextType>;
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<NotificationBodyArgs>>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deliveries?: Resolver<ReadonlyArray<ResolversTypes['Delivery']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['NotificationKind'], ParentType, ContextType>;
  readAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  recipient?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['NotificationSubject']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<NotificationTitleArgs>>;
};

export type NotificationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationConnection'] = ResolversParentTypes['NotificationConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['NotificationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unreadCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type NotificationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationEdge'] = ResolversParentTypes['NotificationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Notification'], ParentType, ContextType>;
};

export type NotificationPreferencesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationPreferences'] = ResolversParentTypes['NotificationPreferences']> = {
  channels?: Resolver<ReadonlyArray<ResolversTypes['ChannelPreference']>, ParentType, ContextType>;
  digest?: Resolver<ResolversTypes['DigestMode'], ParentType, ContextType>;
  language?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  quietHours?: Resolver<Maybe<ResolversTypes['QuietHours']>, ParentType, ContextType>;
};

export type NotificationPreferencesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationPreferencesPayload'] = ResolversParentTypes['NotificationPreferencesPayload']> = {
  preferences?: Resolver<Maybe<ResolversTypes['NotificationPreferences']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type NotificationSubjectResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationSubject'] = ResolversParentTypes['NotificationSubject']> = {
  __resolveType: TypeResolveFn<'Meeting' | 'Minutes' | 'Todo' | 'Transcript', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  deliveryLog?: Resolver<ResolversTypes['DeliveryConnection'], ParentType, ContextType, Partial<QueryDeliveryLogArgs>>;
  notification?: Resolver<Maybe<ResolversTypes['Notification']>, ParentType, ContextType, RequireFields<QueryNotificationArgs, 'id'>>;
  webhooks?: Resolver<ReadonlyArray<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
};

export type QuietHoursResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QuietHours'] = ResolversParentTypes['QuietHours']> = {
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  notificationReceived?: SubscriptionResolver<ResolversTypes['Notification'], "notificationReceived", ParentType, ContextType>;
};

export type TodoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Todo'] = ResolversParentTypes['Todo']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TranscriptResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Transcript'] = ResolversParentTypes['Transcript']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  notificationPreferences?: Resolver<Maybe<ResolversTypes['NotificationPreferences']>, ParentType, ContextType>;
  notifications?: Resolver<ResolversTypes['NotificationConnection'], ParentType, ContextType, Partial<UserNotificationsArgs>>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type WebhookEndpointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookEndpoint'] = ResolversParentTypes['WebhookEndpoint']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deliveries?: Resolver<ResolversTypes['DeliveryConnection'], ParentType, ContextType, Partial<WebhookEndpointDeliveriesArgs>>;
  disabledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  disabledReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  failingSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kinds?: Resolver<ReadonlyArray<ResolversTypes['NotificationKind']>, ParentType, ContextType>;
  secretHint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WebhookPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookPayload'] = ResolversParentTypes['WebhookPayload']> = {
  endpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
  signingSecret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ChannelPreference?: ChannelPreferenceResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteWebhookPayload?: DeleteWebhookPayloadResolvers<ContextType>;
  Delivery?: DeliveryResolvers<ContextType>;
  DeliveryConnection?: DeliveryConnectionResolvers<ContextType>;
  DeliveryEdge?: DeliveryEdgeResolvers<ContextType>;
  DeliveryPayload?: DeliveryPayloadResolvers<ContextType>;
  MarkAllReadPayload?: MarkAllReadPayloadResolvers<ContextType>;
  MarkReadPayload?: MarkReadPayloadResolvers<ContextType>;
  Meeting?: MeetingResolvers<ContextType>;
  Minutes?: MinutesResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Notification?: NotificationResolvers<ContextType>;
  NotificationConnection?: NotificationConnectionResolvers<ContextType>;
  NotificationEdge?: NotificationEdgeResolvers<ContextType>;
  NotificationPreferences?: NotificationPreferencesResolvers<ContextType>;
  NotificationPreferencesPayload?: NotificationPreferencesPayloadResolvers<ContextType>;
  NotificationSubject?: NotificationSubjectResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  QuietHours?: QuietHoursResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Todo?: TodoResolvers<ContextType>;
  Transcript?: TranscriptResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  WebhookEndpoint?: WebhookEndpointResolvers<ContextType>;
  WebhookPayload?: WebhookPayloadResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  eventStream?: EventStreamDirectiveResolver<any, any, ContextType>;
};
