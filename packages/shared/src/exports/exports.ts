import { Readable } from 'node:stream';
import { z } from 'zod';
import { ROLES, type UserViewer } from '../auth/index.ts';
import { AppError } from '../errors/index.ts';
import type { GatewayClient } from '../graphql/index.ts';
import { type HttpHandler, type HttpReply, jsonReply } from '../http/index.ts';
import { attachment } from './content-disposition.ts';
import { type ExportClaims, readExportToken, signExportToken } from './export-token.ts';

/** Path at which a service hands out what it exports. */
export const EXPORT_PATH = '/exports';

/** Long enough to click, short enough that a link in a history or a log opens nothing. */
const LINK_MS = 5 * 60_000;

/** A link as the schema has it. */
export interface ExportLink {
  readonly url: string;
  readonly filename: string;
  readonly mimeType: string;
  readonly expiresAt: Date;
}

/** A file about to be sent. */
export interface ExportedFile {
  readonly filename: string;
  readonly mimeType: string;
  readonly body: string | Uint8Array | Readable;
}

/** What is exported: whose id, in which format of the service. */
export interface ExportSubject {
  readonly id: string;
  readonly format: string;
}

/** Links to files, and the route that answers them. */
export interface Exports {
  /** A link to what the viewer has just been allowed to see. */
  readonly link: (
    viewer: UserViewer,
    subject: ExportSubject,
    file: Pick<ExportedFile, 'filename' | 'mimeType'>,
  ) => ExportLink;
  /**
   * `GET /exports?token=...`: the file, as long as the link has not expired and its owner, as they are by now, may see it.
   * 400, 403, 404 or 405 else; 503 when nobody can say who they are by now.
   */
  readonly route: HttpHandler;
}

/** What exports need. */
export interface ExportsDeps {
  readonly service: string;
  /** The first signs, all verify. */
  readonly signingKeys: readonly string[];
  /** Where clients reach this service. */
  readonly publicUrl: string;
  readonly gateway: GatewayClient;
  readonly clock: () => Date;
  /** Makes the file for this viewer. @throws AppError `NOT_FOUND` when there is no such thing for them. */
  readonly write: (viewer: UserViewer, subject: ExportSubject) => Promise<ExportedFile>;
}

/** Builds {@link Exports}. Nothing is stored: a file is made when its link is used. */
export function createExports(deps: ExportsDeps): Exports {
  return {
    link: (viewer, subject, { filename, mimeType }) => {
      const expiresAt = new Date(deps.clock().getTime() + LINK_MS);
      const { workspaceId, userId, sessionId } = viewer;
      const claims = { ...subject, workspaceId, userId, sessionId, expiresAtMs: expiresAt.getTime() };
      const url = new URL(`${deps.publicUrl.replace(/\/$/, '')}${EXPORT_PATH}`);
      url.searchParams.set('token', signExportToken(deps.signingKeys[0] ?? '', deps.service, claims));
      return { url: url.href, filename, mimeType, expiresAt };
    },
    route: async (request) => {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        const refused = jsonReply(405, {
          errors: [{ message: 'Get the file with GET.', extensions: { code: 'BAD_INPUT' } }],
        });
        return { ...refused, headers: { ...refused.headers, allow: 'GET, HEAD' } };
      }
      const token = new URLSearchParams((request.url ?? '').split('?')[1]).get('token');
      if (token === null) throw new AppError('BAD_INPUT', 'The link needs a token.', { logLevel: 'debug' });
      const { id, format, ...owner } = admit(deps, token);
      const file = await deps.write(await viewerNow(deps.gateway, owner), { id, format });
      return replyWith(file, request.method === 'HEAD');
    },
  };
}

function admit(deps: ExportsDeps, token: string): ExportClaims {
  const claims = readExportToken(deps.signingKeys, deps.service, token);
  if (claims === null) throw refusal('This is not a link of ours.');
  if (claims.expiresAtMs <= deps.clock().getTime()) throw refusal('The link has expired; ask for a new one.');
  return claims;
}

const OWNER = /* GraphQL */ `
  query ExportOwner($id: ID!) { user(id: $id) { role active } }
`;

const ownerAnswer = z.object({ user: z.object({ role: z.enum(ROLES), active: z.boolean() }).nullable() });

/** The owner of a link as they are by now: a role may have been taken since, or the account. */
async function viewerNow(
  gateway: GatewayClient,
  { workspaceId, userId, sessionId }: Omit<ExportClaims, 'id' | 'format'>,
): Promise<UserViewer> {
  const { user } = await gateway.query({
    document: OWNER,
    variables: { id: userId },
    data: ownerAnswer,
    workspaceId,
    onBehalfOf: null,
  });
  if (user?.active !== true) throw refusal('Who asked for this link may not use it any more.');
  return { kind: 'user', workspaceId, userId, sessionId, role: user.role };
}

function replyWith({ filename, mimeType, body }: ExportedFile, headOnly: boolean): HttpReply {
  if (headOnly && body instanceof Readable) body.destroy();
  const bytes = body instanceof Readable ? null : Buffer.byteLength(body);
  return {
    status: 200,
    headers: {
      'content-type': mimeType,
      'content-disposition': attachment(filename),
      ...(bytes === null ? {} : { 'content-length': String(bytes) }),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    },
    ...(headOnly ? {} : { body }),
  };
}

function refusal(message: string): AppError {
  return new AppError('FORBIDDEN', message, { logLevel: 'debug', extensions: { path: ['token'] } });
}
