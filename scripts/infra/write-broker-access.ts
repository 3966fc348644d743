/** `node scripts/infra/write-broker-access.ts`: writes what the services declare, and the users of deploy/, from the code. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BROKER_ACCESS_FILE } from './broker-access.ts';
import { findDeclaredAccess } from './declared-access.ts';
import { DEPLOYED_USERS_FILE, deployedUsers } from './nats-users.ts';
import { DEPLOYED_RULES_FILE, deployedRules } from './redis-users.ts';

const access = await findDeclaredAccess();
writeFileSync(fileURLToPath(BROKER_ACCESS_FILE), `${JSON.stringify(access, null, 2)}\n`);
writeFileSync(fileURLToPath(DEPLOYED_USERS_FILE), deployedUsers(access));
writeFileSync(fileURLToPath(DEPLOYED_RULES_FILE), deployedRules(Object.keys(access.services)));
