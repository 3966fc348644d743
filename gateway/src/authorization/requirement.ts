import type { Viewer } from '@hoerok/shared/auth';
import { hasScope, satisfiesPolicy } from './policies.ts';

/** One rule of a schema. Rules that say the same are the same object. */
export interface Requirement {
  /** What it says, as text. */
  readonly text: string;
  readonly isMetBy: (viewer: Viewer | null) => boolean;
}

/** `@authenticated`: anybody whom the gateway knows. */
export const AUTHENTICATED: Requirement = {
  text: 'authenticated',
  isMetBy: (viewer) => viewer !== null,
};

/** Any of the lists, all names of it; no list at all demands nothing, as in Apollo's router. */
export type Alternatives = readonly (readonly string[])[];

/** `@requiresScopes`. */
export function requireScopes(alternatives: Alternatives): Requirement {
  return requirement('scopes', alternatives, hasScope);
}

/** `@policy`. */
export function requirePolicies(alternatives: Alternatives): Requirement {
  return requirement('policies', alternatives, satisfiesPolicy);
}

function requirement(
  kind: string,
  alternatives: Alternatives,
  holds: (viewer: Viewer | null, name: string) => boolean,
): Requirement {
  return {
    text: `${kind} ${JSON.stringify(alternatives)}`,
    isMetBy: (viewer) =>
      alternatives.length === 0 || alternatives.some((names) => names.every((name) => holds(viewer, name))),
  };
}
