import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { brokerUsers, readBrokerAccess } from './broker-access.ts';
import { findDeclaredAccess } from './declared-access.ts';
import { DEPLOYED_USERS_FILE, deployedUsers } from './nats-users.ts';
import { DEPLOYED_RULES_FILE, deployedRules } from './redis-users.ts';

const REMEDY = 'run "node scripts/infra/write-broker-access.ts"';
const declared = await findDeclaredAccess();

it('C29: the committed needs of the services at NATS are those that they declare in code', () => {
  expect(readBrokerAccess(), REMEDY).toEqual(declared);
});

it('C29, C30: the users of the deployed servers are those of the servers of this checkout', () => {
  expect(readFileSync(DEPLOYED_USERS_FILE, 'utf8'), REMEDY).toBe(deployedUsers(declared));
  expect(readFileSync(DEPLOYED_RULES_FILE, 'utf8'), REMEDY).toBe(
    deployedRules(Object.keys(declared.services)),
  );
});

it('C29: no user but the operator may publish or subscribe to everything', () => {
  for (const { permissions } of brokerUsers(declared, '')) {
    const allowed = [...permissions.publish.allow, ...permissions.subscribe.allow];
    expect(
      allowed.filter((subject) => /^(>|\*|\$JS\.API\.>|\$SYS.*|_INBOX\.>|_INBOX\.\*)/.test(subject)),
    ).toEqual([]);
    expect(
      allowed.filter(
        (subject) => /\.(DELETE|PURGE|RESTORE)\.[^.]+$/.test(subject) && subject.includes('STREAM'),
      ),
    ).toEqual([]);
  }
});
