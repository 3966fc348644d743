import { z } from 'zod';
import { AppError } from '../errors/index.ts';

/** What a member may do in a workspace, strongest first. */
export const ROLES = ['ADMIN', 'MANAGER', 'MEMBER', 'GUEST'] as const;

/** What a member may do in a workspace. ADMIN and MANAGER see every meeting; the others see their own. */
export type Role = (typeof ROLES)[number];

const userViewer = z.object({
  kind: z.literal('user'),
  userId: z.string().min(1),
  workspaceId: z.string().min(1),
  role: z.enum(ROLES),
  /** Of the sign-in; for an API key its own id. */
  sessionId: z.string().min(1),
  /** What an access token or an API key is limited to; absent for a token that names no scope. */
  scopes: z.array(z.string()).readonly().optional(),
  /** Present when a program acts for the person by an API key. */
  apiKeyId: z.string().min(1).optional(),
});

const serviceViewer = z.object({
  kind: z.literal('service'),
  service: z.string().min(1),
  workspaceId: z.string().min(1),
  /** The user whose request led to this work, if any. */
  onBehalfOf: z.string().min(1).nullable(),
});

/** Who asks, as the gateway verified it. */
export const viewerSchema = z.discriminatedUnion('kind', [userViewer, serviceViewer]);

/** A signed-in member of a workspace. */
export type UserViewer = Readonly<z.output<typeof userViewer>>;
/** One of our own services, working inside one workspace. */
export type ServiceViewer = Readonly<z.output<typeof serviceViewer>>;
/** Who asks; `null` stands for an anonymous request wherever a viewer is optional. */
export type Viewer = UserViewer | ServiceViewer;

/** The viewer, or `UNAUTHENTICATED`. */
export function requireViewer(viewer: Viewer | null): Viewer {
  if (viewer === null)
    throw new AppError('UNAUTHENTICATED', 'Sign in first: this needs a valid access token.');
  return viewer;
}

/** The viewer when it is a person, or `UNAUTHENTICATED`; a service never acts as a person. */
export function requireUser(viewer: Viewer | null): UserViewer {
  if (viewer?.kind !== 'user')
    throw new AppError('UNAUTHENTICATED', 'Sign in first: this needs a valid access token.');
  return viewer;
}

/**
 * The viewer when it is a person who has signed in, not a program with an API key.
 * @throws AppError `UNAUTHENTICATED`, or `FORBIDDEN` for an API key.
 */
export function requireSession(viewer: Viewer | null): UserViewer {
  const user = requireUser(viewer);
  if (user.apiKeyId !== undefined)
    throw new AppError('FORBIDDEN', 'An API key may not do this; sign in instead.', { logLevel: 'debug' });
  return user;
}

/** The scope without which an API key changes nothing. */
export const WRITE_SCOPE = 'write';

/** False for a program whose API key lacks the scope `write`: it may ask and watch, and change nothing. */
export function mayWrite(viewer: Viewer | null): boolean {
  if (viewer?.kind !== 'user' || viewer.apiKeyId === undefined) return true;
  return viewer.scopes?.includes(WRITE_SCOPE) === true;
}

/** True when the viewer may see every object of its workspace: a service, an ADMIN or a MANAGER. */
export function seesWholeWorkspace(viewer: Viewer): boolean {
  return viewer.kind === 'service' || viewer.role === 'ADMIN' || viewer.role === 'MANAGER';
}

/** The id of the person behind the viewer; `null` for a service that works on nobody's behalf. */
export function actorOf(viewer: Viewer): string | null {
  return viewer.kind === 'user' ? viewer.userId : viewer.onBehalfOf;
}
