import { Readable } from 'node:stream';
import type { UserViewer } from '../auth/index.ts';
import type { ServiceConfig } from '../config/index.ts';
import { inWorkspace } from '../database/index.ts';
import { AppError } from '../errors/index.ts';
import type { GatewayClient } from '../graphql/index.ts';
import { type HttpHandler, type HttpReply, jsonReply } from '../http/index.ts';
import { attachment, safeFileName } from './content-disposition.ts';
import { type ExportClaims, readExportToken, signExportToken } from './export-token.ts';
import { ownerOfLink } from './link-owner.ts';

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

/** A kind of file. */
export interface FileFormat {
  readonly extension: string;
  readonly mimeType: string;
}

/** What a file holds. */
export type FileBody = string | Uint8Array | Readable;

/** Links to files, and the route that answers them: `S` is what a service exports, `F` the formats it does that in. */
export interface Exports<S, F extends string> {
  /** A link to what the viewer has just been allowed to see. */
  readonly link: (viewer: UserViewer, wanted: S & { readonly format: F }) => ExportLink;
  /**
   * `GET /exports?token=...`: the file, as long as the link has not expired and its owner, as they are by now, may see it.
   * 400, 403, 404 or 405 else; 503 when nobody can say who they are by now.
   */
  readonly route: HttpHandler;
}

/** What exports need. */
export interface ExportsDeps<S, F extends string> {
  readonly service: string;
  readonly config: Pick<ServiceConfig, 'INTERNAL_SIGNING_KEYS'>;
  /** Where clients reach this service. */
  readonly publicUrl: string;
  readonly gateway: GatewayClient;
  readonly clock: () => Date;
  readonly formats: Readonly<Record<F, FileFormat>>;
  /** The id by which it is found again, and the name of its file without the ending. */
  readonly describe: (exported: S) => { readonly id: string; readonly name: string };
  /** Makes the file for this viewer. @throws AppError `NOT_FOUND` when there is no such thing for them. */
  readonly write: (
    viewer: UserViewer,
    wanted: { readonly id: string; readonly format: F },
  ) => Promise<S & { readonly body: FileBody }>;
}

/** What the exports of a service get from whoever puts it together. */
export type ExportsPlatform = Omit<ExportsDeps<never, never>, 'formats' | 'describe' | 'write'>;

/** Builds {@link Exports}. Nothing is stored: a file is made when its link is used. */
export function createExports<S, F extends string>(deps: ExportsDeps<S, F>): Exports<S, F> {
  const keys = deps.config.INTERNAL_SIGNING_KEYS;
  const named = (exported: S, format: F): { readonly filename: string; readonly mimeType: string } => {
    const { extension, mimeType } = deps.formats[format];
    return { filename: safeFileName(deps.describe(exported).name, extension), mimeType };
  };
  return {
    link: (viewer, wanted) => {
      const expiresAt = new Date(deps.clock().getTime() + LINK_MS);
      const { workspaceId, userId, sessionId } = viewer;
      const { id } = deps.describe(wanted);
      const { format } = wanted;
      const claims = { id, format, workspaceId, userId, sessionId, expiresAtMs: expiresAt.getTime() };
      const url = new URL(`${deps.publicUrl.replace(/\/$/, '')}${EXPORT_PATH}`);
      url.searchParams.set('token', signExportToken(keys[0] ?? '', deps.service, claims));
      return { url: url.href, ...named(wanted, format), expiresAt };
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
      const file = await inWorkspace(owner.workspaceId, async () =>
        deps.write(await ownerOfLink(deps.gateway, owner), { id, format }),
      );
      return replyWith(file.body, named(file, format), request.method === 'HEAD');
    },
  };
}

function admit<F extends string>(
  { config, service, clock, formats }: Omit<ExportsDeps<never, F>, 'describe' | 'write'>,
  token: string,
): ExportClaims & { readonly format: F } {
  const claims = readExportToken(config.INTERNAL_SIGNING_KEYS, service, token);
  if (claims === null || !isFormat(formats, claims.format)) throw refusal('This is not a link of ours.');
  if (claims.expiresAtMs <= clock().getTime()) throw refusal('The link has expired; ask for a new one.');
  return { ...claims, format: claims.format };
}

function isFormat<F extends string>(formats: Readonly<Record<F, FileFormat>>, name: string): name is F {
  return Object.hasOwn(formats, name);
}

function replyWith(
  body: FileBody,
  { filename, mimeType }: { readonly filename: string; readonly mimeType: string },
  headOnly: boolean,
): HttpReply {
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
