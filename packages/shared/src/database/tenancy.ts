import { AsyncLocalStorage } from 'node:async_hooks';

/** What connections are told when work is bound to no workspace. */
const EVERY_WORKSPACE = '*';

/** What they are told for whoever has not said who they are: no row belongs to it. */
const NO_WORKSPACE = '';

const bound = new AsyncLocalStorage<string>();

/**
 * Runs `work`, and all that it starts, bound to a workspace: PostgreSQL shows and takes the rows of that one alone
 * (ADR-13). Null stands for nobody's, in which there is nothing.
 */
export function inWorkspace<T>(workspaceId: string | null, work: () => T): T {
  // An id that means every workspace would undo what this is for.
  return bound.run(workspaceId === EVERY_WORKSPACE ? NO_WORKSPACE : (workspaceId ?? NO_WORKSPACE), work);
}

/**
 * Runs `work` bound to no workspace. For what looks for a workspace, as a sign-in does, and for loops that serve all of them;
 * who calls it says why.
 */
export function acrossWorkspaces<T>(work: () => T): T {
  return bound.run(EVERY_WORKSPACE, work);
}

/** The workspace that PostgreSQL is to show now. Outside of any request, event or task it is every one: a process at work. */
export function wantedWorkspace(): string {
  return bound.getStore() ?? EVERY_WORKSPACE;
}
