import type { ServiceViewer, UserViewer } from '@hoerok/shared/auth';
import { expect, it } from 'vitest';
import { hasScope, satisfiesPolicy } from './policies.ts';

const user: UserViewer = { kind: 'user', userId: 'u', workspaceId: 'w', role: 'MANAGER', sessionId: 's' };
const key: UserViewer = { ...user, apiKeyId: 'k', scopes: ['read'] };
const service: ServiceViewer = { kind: 'service', service: 'ai', workspaceId: 'w', onBehalfOf: null };

it.each([
  ['role:MANAGER', [user, key]],
  ['role:ADMIN', []],
  ['kind:user', [user, key]],
  ['kind:session', [user]],
  ['kind:service', [service]],
  ['role:admin', []],
  ['a name that nobody knows', []],
  ['__proto__', []],
])('C4: the policy %s is satisfied by whom it names and by nobody else', (policy, viewers) => {
  const satisfied = [user, key, service, null].filter((viewer) => satisfiesPolicy(viewer, policy));
  expect(satisfied).toEqual(viewers);
});

it('C4: a scope is had by who was given it, by our services, and by nobody else', () => {
  expect([user, key, service, null].filter((viewer) => hasScope(viewer, 'read'))).toEqual([key, service]);
  expect([user, key, service, null].filter((viewer) => hasScope(viewer, 'write'))).toEqual([service]);
});
