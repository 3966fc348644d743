import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { User as UserRow } from '../entities/user.entity.ts';
import type { Workspace as WorkspaceRow } from '../entities/workspace.entity.ts';
import type { ApiKey as ApiKeyRow } from '../entities/api-key.entity.ts';
import type { Invitation as InvitationRow } from '../entities/invitation.entity.ts';
import type { Connection } from '@hoerok/shared/graphql';
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

/** A key with which a program acts as the person who made it, with the role that the person has at the time. */
export type ApiKey = {
  readonly __typename?: 'ApiKey';
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** It is refused from then on; null for a key that ends only when it is revoked. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly id: Scalars['ID']['output'];
  /** To within a minute; null when nobody has used it. */
  readonly lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What the person calls it. */
  readonly name: Scalars['String']['output'];
  /** The first characters of the key, to recognize it by. */
  readonly prefix: Scalars['String']['output'];
  /** What it is limited to. */
  readonly scopes: ReadonlyArray<ApiKeyScope>;
};

/** A new API key and the only copy of its secret, or why not. */
export type ApiKeyPayload = {
  readonly __typename?: 'ApiKeyPayload';
  /** Null when none was made. */
  readonly apiKey?: Maybe<ApiKey>;
  /** For `Authorization: Bearer`; it is shown this once and stored nowhere. */
  readonly secret?: Maybe<Scalars['String']['output']>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What a program with an API key may do. */
export type ApiKeyScope =
  /** Queries and subscriptions, as the person who made the key. Every key has it. */
  | 'READ'
  /** Mutations as well, but none on people, sessions and API keys. */
  | 'WRITE';

/** Tokens of a session, or why there are none. */
export type AuthPayload = {
  readonly __typename?: 'AuthPayload';
  /** Ed25519 JWT of type at+jwt for `Authorization: Bearer`; lives 15 minutes. Its keys are at /.well-known/jwks.json. */
  readonly accessToken?: Maybe<Scalars['String']['output']>;
  /** When the access token ends. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Gives the next pair once, within 30 days; see refreshSession. */
  readonly refreshToken?: Maybe<Scalars['String']['output']>;
  /** Who is signed in; null when nobody is. */
  readonly user?: Maybe<User>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** An account that an ADMIN makes for somebody else. */
export type CreateUserInput = {
  /** At most 20. */
  readonly aliases?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly email: Scalars['String']['input'];
  /** BCP 47 tag. @default the ADMIN's */
  readonly locale?: InputMaybe<Scalars['String']['input']>;
  readonly name: Scalars['String']['input'];
  /** 10 to 200 characters. */
  readonly password: Scalars['String']['input'];
  /** @default MEMBER */
  readonly role?: InputMaybe<Role>;
  /** IANA time zone. @default the ADMIN's */
  readonly timeZone?: InputMaybe<Scalars['String']['input']>;
};

/** An invitation to join the workspace; it works once, for 7 days. */
export type Invitation = {
  readonly __typename?: 'Invitation';
  /** Who is invited. */
  readonly email: Scalars['String']['output'];
  /** The token is refused from then on. */
  readonly expiresAt: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  /** Who invited them. */
  readonly invitedBy?: Maybe<User>;
  /** Name of the invited person, as far as the inviting one knew it. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Role they will have. */
  readonly role: Role;
};

/** The invitation and its token, or why not. */
export type InvitationPayload = {
  readonly __typename?: 'InvitationPayload';
  /** Null when nobody was invited. */
  readonly invitation?: Maybe<Invitation>;
  /** For the invited person; it is shown this once and stored nowhere. */
  readonly token?: Maybe<Scalars['String']['output']>;
  readonly userErrors: ReadonlyArray<UserError>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /**
   * Gives the viewer another password. Every session ends, this one included, and a new one begins here. A wrong current
   * password counts as a sign-in that failed.
   */
  readonly changePassword: AuthPayload;
  /** Makes a key for a program of the viewer, which has at most 50; not for a GUEST, and not with an API key itself. */
  readonly createApiKey: ApiKeyPayload;
  /** Makes an account with a password that the ADMIN hands over. For ADMIN only. CONFLICT when the e-mail has an account. */
  readonly createUser: UserPayload;
  /** Ends an account and its sessions. For ADMIN only; CONFLICT for the last ADMIN. Repeating it changes nothing. */
  readonly deactivateUser: UserPayload;
  /**
   * Invites whoever has this e-mail address; for ADMIN and MANAGER, a MANAGER cannot invite an ADMIN. Nothing is sent: hand over the token.
   * An open invitation of the same address is replaced. CONFLICT when the address has an account.
   */
  readonly inviteUser: InvitationPayload;
  /**
   * Opens a session for the person whom a link of shareMeeting is for: a GUEST of the workspace, made the first time, who sees what
   * is shared with them. SHARE_ENDED for a link that does not work or not any more; SIGN_IN_REQUIRED when the address has an
   * account with a password; CONFLICT when it has one elsewhere; TOO_MANY_ATTEMPTS as signIn.
   */
  readonly openShare: AuthPayload;
  /**
   * Spends a refresh token for the next pair. A token spent less than 10 seconds ago answers CONFLICT and changes nothing:
   * two tabs asked at once, and the other has the new pair. Spent before that, it has been copied: the whole session ends.
   * That, and any token that is not valid, answers SESSION_REVOKED.
   */
  readonly refreshSession: AuthPayload;
  /** Makes a workspace and its ADMIN, or joins one by invitation, and signs in. CONFLICT when the e-mail has an account. */
  readonly register: AuthPayload;
  /** Ends an API key of the viewer, everywhere at once: what it has open is closed. */
  readonly revokeApiKey: RevokeApiKeyPayload;
  /**
   * For ADMIN only; CONFLICT for the last ADMIN. Access tokens with the old role are refused at once, the next pair has the
   * new one; what is open over sockets and streams is closed.
   */
  readonly setUserRole: UserPayload;
  /**
   * Opens a session. WRONG_CREDENTIALS says no more than that; TOO_MANY_ATTEMPTS comes after 10 failures of one e-mail
   * within 15 minutes, with the time of the next try.
   */
  readonly signIn: AuthPayload;
  /** Ends the viewer's session, everywhere at once: its tokens are refused, its sockets and streams are closed. */
  readonly signOut: SignOutPayload;
  /** Changes what is given of the viewer's own profile. */
  readonly updateProfile: UserPayload;
};


export type MutationChangePasswordArgs = {
  currentPassword: Scalars['String']['input'];
  newPassword: Scalars['String']['input'];
};


export type MutationCreateApiKeyArgs = {
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  name: Scalars['String']['input'];
  scopes: ReadonlyArray<ApiKeyScope>;
};


export type MutationCreateUserArgs = {
  input: CreateUserInput;
};


export type MutationDeactivateUserArgs = {
  userId: Scalars['ID']['input'];
};


export type MutationInviteUserArgs = {
  email: Scalars['String']['input'];
  name?: InputMaybe<Scalars['String']['input']>;
  role: Role;
};


export type MutationOpenShareArgs = {
  locale?: InputMaybe<Scalars['String']['input']>;
  name?: InputMaybe<Scalars['String']['input']>;
  timeZone?: InputMaybe<Scalars['String']['input']>;
  token: Scalars['String']['input'];
};


export type MutationRefreshSessionArgs = {
  refreshToken: Scalars['String']['input'];
};


export type MutationRegisterArgs = {
  input: RegisterInput;
};


export type MutationRevokeApiKeyArgs = {
  id: Scalars['ID']['input'];
};


export type MutationSetUserRoleArgs = {
  role: Role;
  userId: Scalars['ID']['input'];
};


export type MutationSignInArgs = {
  email: Scalars['String']['input'];
  password: Scalars['String']['input'];
};


export type MutationUpdateProfileArgs = {
  input: UpdateProfileInput;
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
  /** The viewer's API keys that are not revoked, the newest first; not for API keys. */
  readonly apiKeys: ReadonlyArray<ApiKey>;
  /** One person of the viewer's workspace; null when there is none. */
  readonly user?: Maybe<User>;
  /** People of the viewer's workspace, by name; for a GUEST those it asks for by id, and itself. `last` and `before` go back from the end or from a person. @default first 20 */
  readonly users: UserConnection;
  /** Who asks. */
  readonly viewer?: Maybe<User>;
  /** The viewer's workspace. */
  readonly workspace?: Maybe<Workspace>;
};


export type QueryUserArgs = {
  id: Scalars['ID']['input'];
};


export type QueryUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UserFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A new account: the first of a new workspace, or one that joins with an invitation. */
export type RegisterInput = {
  /** May be left out with an invitation; then, and if given, it is the invited address. */
  readonly email?: InputMaybe<Scalars['String']['input']>;
  /** Token of inviteUser: joins that workspace with the invited role, and makes no new one. */
  readonly invitationToken?: InputMaybe<Scalars['String']['input']>;
  /** BCP 47 tag. @default en */
  readonly locale?: InputMaybe<Scalars['String']['input']>;
  readonly name: Scalars['String']['input'];
  /** 10 to 200 characters. */
  readonly password: Scalars['String']['input'];
  /** IANA time zone. @default UTC */
  readonly timeZone?: InputMaybe<Scalars['String']['input']>;
  /** Name of the new workspace. @default the person's name */
  readonly workspaceName?: InputMaybe<Scalars['String']['input']>;
};

/** The API key that has ended, or why not. */
export type RevokeApiKeyPayload = {
  readonly __typename?: 'RevokeApiKeyPayload';
  /** Null when nothing was done. */
  readonly apiKey?: Maybe<ApiKey>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What a member may do in a workspace, strongest first. */
export type Role =
  /** Everything, people and their roles included. */
  | 'ADMIN'
  /** Takes part where invited, and sees what is shared with it; no e-mail address but its own, and nobody whose id it does not know. */
  | 'GUEST'
  /** Sees every meeting and invites people, but no ADMIN. */
  | 'MANAGER'
  /** Sees and does what its own meetings need. */
  | 'MEMBER';

/** Whether the session has ended, or why not. */
export type SignOutPayload = {
  readonly __typename?: 'SignOutPayload';
  /** True once the session has ended. */
  readonly signedOut: Scalars['Boolean']['output'];
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Changes to the viewer's profile; what is left out stays. */
export type UpdateProfileInput = {
  /** All of them, at most 20. */
  readonly aliases?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** An https address; null removes the picture. */
  readonly avatarUrl?: InputMaybe<Scalars['String']['input']>;
  /** Null removes it. */
  readonly department?: InputMaybe<Scalars['String']['input']>;
  /** BCP 47 tag. */
  readonly locale?: InputMaybe<Scalars['String']['input']>;
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** IANA time zone. */
  readonly timeZone?: InputMaybe<Scalars['String']['input']>;
  /** Null removes it. */
  readonly title?: InputMaybe<Scalars['String']['input']>;
};

/** A person of the workspace. */
export type User = {
  readonly __typename?: 'User';
  /** False once deactivated: the person cannot sign in any more, what it did stays. */
  readonly active: Scalars['Boolean']['output'];
  /** Other spellings used to match a speaker label or a spoken name to this person. */
  readonly aliases: ReadonlyArray<Scalars['String']['output']>;
  /** Address of a picture. */
  readonly avatarUrl?: Maybe<Scalars['String']['output']>;
  /** When the account was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Where they work in the organization. */
  readonly department?: Maybe<Scalars['String']['output']>;
  /** Where the person signs in with, in lower case; null for a GUEST who looks at somebody else. */
  readonly email?: Maybe<Scalars['String']['output']>;
  readonly id: Scalars['ID']['output'];
  /** BCP 47 tag of the language the person wants to read. */
  readonly locale: Scalars['String']['output'];
  /** As shown to others. */
  readonly name: Scalars['String']['output'];
  /** What they may do in the workspace. */
  readonly role: Role;
  /** IANA time zone. */
  readonly timeZone: Scalars['String']['output'];
  /** Job title. */
  readonly title?: Maybe<Scalars['String']['output']>;
};

/** A page of people, by name. */
export type UserConnection = {
  readonly __typename?: 'UserConnection';
  readonly edges: ReadonlyArray<UserEdge>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

/** A person and its place in the list. */
export type UserEdge = {
  readonly __typename?: 'UserEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: User;
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

/** Which people to list; all conditions hold. */
export type UserFilter = {
  readonly active?: InputMaybe<Scalars['Boolean']['input']>;
  /** At most 500. */
  readonly ids?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  readonly role?: InputMaybe<Role>;
  /** Part of the name, of an alias or, for all but a GUEST, of the e-mail address. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

/** The person as it is now, or why not. */
export type UserPayload = {
  readonly __typename?: 'UserPayload';
  /** Null when nothing was done. */
  readonly user?: Maybe<User>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A tenant: everyone belongs to exactly one, and nothing in it is visible from outside. */
export type Workspace = {
  readonly __typename?: 'Workspace';
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  /** What it is called. */
  readonly name: Scalars['String']['output'];
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
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ApiKey: ResolverTypeWrapper<ApiKeyRow>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ApiKeyPayload: ResolverTypeWrapper<Omit<ApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversTypes['ApiKey']> }>;
  ApiKeyScope: ApiKeyScope;
  AuthPayload: ResolverTypeWrapper<Omit<AuthPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  CreateUserInput: CreateUserInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Invitation: ResolverTypeWrapper<InvitationRow>;
  InvitationPayload: ResolverTypeWrapper<Omit<InvitationPayload, 'invitation'> & { invitation?: Maybe<ResolversTypes['Invitation']> }>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  RegisterInput: RegisterInput;
  RevokeApiKeyPayload: ResolverTypeWrapper<Omit<RevokeApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversTypes['ApiKey']> }>;
  Role: Role;
  SignOutPayload: ResolverTypeWrapper<SignOutPayload>;
  UpdateProfileInput: UpdateProfileInput;
  User: ResolverTypeWrapper<UserRow>;
  UserConnection: ResolverTypeWrapper<Connection<UserRow>>;
  UserEdge: ResolverTypeWrapper<Omit<UserEdge, 'node'> & { node: ResolversTypes['User'] }>;
  UserError: ResolverTypeWrapper<UserError>;
  UserFilter: UserFilter;
  UserPayload: ResolverTypeWrapper<Omit<UserPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  Workspace: ResolverTypeWrapper<WorkspaceRow>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ApiKey: ApiKeyRow;
  ID: Scalars['ID']['output'];
  String: Scalars['String']['output'];
  ApiKeyPayload: Omit<ApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversParentTypes['ApiKey']> };
  AuthPayload: Omit<AuthPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  CreateUserInput: CreateUserInput;
  DateTime: Scalars['DateTime']['output'];
  Invitation: InvitationRow;
  InvitationPayload: Omit<InvitationPayload, 'invitation'> & { invitation?: Maybe<ResolversParentTypes['Invitation']> };
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Query: Record<PropertyKey, never>;
  Int: Scalars['Int']['output'];
  RegisterInput: RegisterInput;
  RevokeApiKeyPayload: Omit<RevokeApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversParentTypes['ApiKey']> };
  SignOutPayload: SignOutPayload;
  UpdateProfileInput: UpdateProfileInput;
  User: UserRow;
  UserConnection: Connection<UserRow>;
  UserEdge: Omit<UserEdge, 'node'> & { node: ResolversParentTypes['User'] };
  UserError: UserError;
  UserFilter: UserFilter;
  UserPayload: Omit<UserPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  Workspace: WorkspaceRow;
};

export type ApiKeyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiKey'] = ResolversParentTypes['ApiKey']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  prefix?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['ApiKeyScope']>, ParentType, ContextType>;
};

export type ApiKeyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiKeyPayload'] = ResolversParentTypes['ApiKeyPayload']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AuthPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuthPayload'] = ResolversParentTypes['AuthPayload']> = {
  accessToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  refreshToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type InvitationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Invitation'] = ResolversParentTypes['Invitation']> = {
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invitedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
};

export type InvitationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvitationPayload'] = ResolversParentTypes['InvitationPayload']> = {
  invitation?: Resolver<Maybe<ResolversTypes['Invitation']>, ParentType, ContextType>;
  token?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  changePassword?: Resolver<ResolversTypes['AuthPayload'], ParentType, ContextType, RequireFields<MutationChangePasswordArgs, 'currentPassword' | 'newPassword'>>;
  createApiKey?: Resolver<ResolversTypes['ApiKeyPayload'], ParentType, ContextType, RequireFields<MutationCreateApiKeyArgs, 'name' | 'scopes'>>;
  createUser?: Resolver<ResolversTypes['UserPayload'], ParentType, ContextType, RequireFields<MutationCreateUserArgs, 'input'>>;
  deactivateUser?: Resolver<ResolversTypes['UserPayload'], ParentType, ContextType, RequireFields<MutationDeactivateUserArgs, 'userId'>>;
  inviteUser?: Resolver<ResolversTypes['InvitationPayload'], ParentType, ContextType, RequireFields<MutationInviteUserArgs, 'email' | 'role'>>;
  openShare?: Resolver<ResolversTypes['AuthPayload'], ParentType, ContextType, RequireFields<MutationOpenShareArgs, 'token'>>;
  refreshSession?: Resolver<ResolversTypes['AuthPayload'], ParentType, ContextType, RequireFields<MutationRefreshSessionArgs, 'refreshToken'>>;
  register?: Resolver<ResolversTypes['AuthPayload'], ParentType, ContextType, RequireFields<MutationRegisterArgs, 'input'>>;
  revokeApiKey?: Resolver<ResolversTypes['RevokeApiKeyPayload'], ParentType, ContextType, RequireFields<MutationRevokeApiKeyArgs, 'id'>>;
  setUserRole?: Resolver<ResolversTypes['UserPayload'], ParentType, ContextType, RequireFields<MutationSetUserRoleArgs, 'role' | 'userId'>>;
  signIn?: Resolver<ResolversTypes['AuthPayload'], ParentType, ContextType, RequireFields<MutationSignInArgs, 'email' | 'password'>>;
  signOut?: Resolver<ResolversTypes['SignOutPayload'], ParentType, ContextType>;
  updateProfile?: Resolver<ResolversTypes['UserPayload'], ParentType, ContextType, RequireFields<MutationUpdateProfileArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  apiKeys?: Resolver<ReadonlyArray<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserArgs, 'id'>>;
  users?: Resolver<ResolversTypes['UserConnection'], ParentType, ContextType, Partial<QueryUsersArgs>>;
  viewer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  workspace?: Resolver<Maybe<ResolversTypes['Workspace']>, ParentType, ContextType>;
};

export type RevokeApiKeyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevokeApiKeyPayload'] = ResolversParentTypes['RevokeApiKeyPayload']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SignOutPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SignOutPayload'] = ResolversParentTypes['SignOutPayload']> = {
  signedOut?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  aliases?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  avatarUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  department?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  locale?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UserConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserConnection'] = ResolversParentTypes['UserConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['UserEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type UserEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserEdge'] = ResolversParentTypes['UserEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type UserPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserPayload'] = ResolversParentTypes['UserPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type WorkspaceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Workspace'] = ResolversParentTypes['Workspace']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ApiKey?: ApiKeyResolvers<ContextType>;
  ApiKeyPayload?: ApiKeyPayloadResolvers<ContextType>;
  AuthPayload?: AuthPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Invitation?: InvitationResolvers<ContextType>;
  InvitationPayload?: InvitationPayloadResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RevokeApiKeyPayload?: RevokeApiKeyPayloadResolvers<ContextType>;
  SignOutPayload?: SignOutPayloadResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserConnection?: UserConnectionResolvers<ContextType>;
  UserEdge?: UserEdgeResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  UserPayload?: UserPayloadResolvers<ContextType>;
  Workspace?: WorkspaceResolvers<ContextType>;
};

