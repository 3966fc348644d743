import type { Viewer } from '@hoerok/shared/auth';
import { createLoader, type Loader, type SubgraphRequest } from '@hoerok/shared/graphql';
import type { Platform } from '@hoerok/shared/service';
import type { UsersConfig } from './config.ts';
import type { User } from './entities/user.entity.ts';
import { type UserRepository, userRepository } from './repositories/user-repository.ts';
import { type WorkspaceRepository, workspaceRepository } from './repositories/workspace-repository.ts';
import type { AccessTokens } from './services/access-tokens.ts';
import type { ApiKeys } from './services/api-keys.ts';
import { createChangePassword } from './services/change-password.ts';
import { createInviteUser } from './services/invite-user.ts';
import { createMembers, type Members } from './services/members.ts';
import { createOpenShare } from './services/open-share.ts';
import { createPasswords } from './services/passwords.ts';
import type { Profiles } from './services/profiles.ts';
import { createRegister } from './services/register.ts';
import { createSessions, type Sessions } from './services/sessions.ts';
import { createSignIn } from './services/sign-in.ts';
import { createUpdateProfile } from './services/update-profile.ts';

/** The use cases of the users domain. */
export interface Services {
  readonly register: ReturnType<typeof createRegister>;
  readonly signIn: ReturnType<typeof createSignIn>;
  readonly openShare: ReturnType<typeof createOpenShare>;
  readonly sessions: Sessions;
  readonly changePassword: ReturnType<typeof createChangePassword>;
  readonly apiKeys: ApiKeys;
  readonly updateProfile: ReturnType<typeof createUpdateProfile>;
  readonly inviteUser: ReturnType<typeof createInviteUser>;
  readonly members: Members;
}

/** Reads of one request, batched; everything in them is of the viewer's workspace. */
export interface Reads {
  readonly users: UserRepository;
  readonly workspaces: WorkspaceRepository;
  readonly user: Loader<User>;
}

/** What a resolver gets. `reads` is null for an anonymous request. */
export interface Context {
  readonly viewer: Viewer | null;
  readonly services: Services;
  readonly reads: Reads | null;
}

/** What the services share. */
export interface ContextParts {
  readonly platform: Platform<UsersConfig>;
  readonly accessTokens: AccessTokens;
  readonly profiles: Profiles;
  readonly apiKeys: ApiKeys;
  readonly clock: () => Date;
}

/** Wires the services once and gives the builder of each request's context. */
export function createContextBuilder(parts: ContextParts): (request: SubgraphRequest) => Context {
  const { platform, accessTokens, apiKeys, clock } = parts;
  const { transact, dataSource, gateway } = platform;
  const passwords = createPasswords();
  const sessions = createSessions({ transact, accessTokens, clock });
  const services: Services = {
    sessions,
    apiKeys,
    changePassword: createChangePassword({ transact, dataSource, passwords, sessions, clock }),
    register: createRegister({ transact, passwords, sessions, clock }),
    signIn: createSignIn({ transact, dataSource, passwords, sessions, clock }),
    openShare: createOpenShare({ transact, gateway, sessions, clock }),
    updateProfile: createUpdateProfile({ transact }),
    inviteUser: createInviteUser({ transact, clock }),
    members: createMembers({ transact, passwords, clock }),
  };
  return ({ viewer }) => {
    return { viewer, services, reads: viewer === null ? null : createReads(parts, viewer) };
  };
}

function createReads({ platform, profiles }: ContextParts, { workspaceId }: Viewer): Reads {
  const { manager } = platform.dataSource;
  return {
    users: userRepository(manager, workspaceId),
    workspaces: workspaceRepository(manager),
    user: createLoader(
      (ids) => profiles.read(workspaceId, ids),
      ({ id }) => id,
    ),
  };
}
