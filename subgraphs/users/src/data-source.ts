import { createDataSource as createServiceDataSource } from '@hoerok/shared/database';
import type { DataSource } from 'typeorm';
import { ApiKeySchema } from './entities/api-key.entity.ts';
import { CredentialSchema } from './entities/credential.entity.ts';
import { InvitationSchema } from './entities/invitation.entity.ts';
import { RefreshTokenSchema } from './entities/refresh-token.entity.ts';
import { SessionSchema } from './entities/session.entity.ts';
import { SignInAttemptSchema } from './entities/sign-in-attempt.entity.ts';
import { UserSchema } from './entities/user.entity.ts';
import { WorkspaceSchema } from './entities/workspace.entity.ts';
import { CreateUsers1763700000001 } from './migrations/0001-create-users.ts';
import { AddApiKeys1763700000002 } from './migrations/0002-add-api-keys.ts';
import { IsolateWorkspaces1763700000003 } from './migrations/0003-isolate-workspaces.ts';

/** The data source of the users database. */
export function createDataSource(url: string): DataSource {
  return createServiceDataSource({
    url,
    entities: [
      WorkspaceSchema,
      UserSchema,
      CredentialSchema,
      SessionSchema,
      RefreshTokenSchema,
      InvitationSchema,
      SignInAttemptSchema,
      ApiKeySchema,
    ],
    migrations: [CreateUsers1763700000001, AddApiKeys1763700000002, IsolateWorkspaces1763700000003],
  });
}
