import { ROLES, type Viewer } from '@hoerok/shared/auth';

type Policy = (viewer: Viewer) => boolean;

/**
 * What `@policy` may name, and who satisfies it. A name that is not here is satisfied by nobody, so that a misspelled
 * policy closes instead of opening.
 */
const POLICIES: ReadonlyMap<string, Policy> = new Map<string, Policy>([
  ['kind:user', ({ kind }) => kind === 'user'],
  ['kind:service', ({ kind }) => kind === 'service'],
  // A person who has signed in, not a program with an API key.
  ['kind:session', (viewer) => viewer.kind === 'user' && viewer.apiKeyId === undefined],
  ...ROLES.map((role): [string, Policy] => [
    `role:${role}`,
    (viewer) => viewer.kind === 'user' && viewer.role === role,
  ]),
]);

/** Whether a viewer satisfies a policy; an anonymous one satisfies none. */
export function satisfiesPolicy(viewer: Viewer | null, name: string): boolean {
  return viewer !== null && POLICIES.get(name)?.(viewer) === true;
}

/** Whether a viewer has a scope. Our own services have all of them: they act in the name of the system. */
export function hasScope(viewer: Viewer | null, scope: string): boolean {
  if (viewer === null) return false;
  return viewer.kind === 'service' || viewer.scopes?.includes(scope) === true;
}
