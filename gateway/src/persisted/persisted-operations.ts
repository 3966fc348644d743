import { createHash } from 'node:crypto';
import { createTextCache } from '@hoerok/shared/limits';
import { GraphQLError } from 'graphql';
import type { OperationRequest } from '../execution/pipeline.ts';
import type { Asker } from '../limits/asker.ts';
import type { PersistedOperation } from './manifest.ts';

/** Finds out which text a request means. */
export interface PersistedOperations {
  /**
   * The request with its text filled in and nothing left of persisted queries; a request without both is given back as it
   * is. An error has the status that it means to HTTP in `extensions.http`.
   */
  readonly resolve: (
    request: OperationRequest,
    asker: Pick<Asker, 'viewer' | 'isAuditor' | 'clientName'>,
  ) => OperationRequest | GraphQLError;
  /** Remembers a text that a client registers by its hash, once it is known to be fit. */
  readonly register: (request: OperationRequest, resolved: OperationRequest) => void;
}

/** Options of {@link createPersistedOperations}. */
export interface PersistedOperationsOptions {
  readonly manifest: readonly PersistedOperation[];
  /** Refuses what the manifest does not have; then nothing can be registered either. */
  readonly only: boolean;
  /** Characters of texts that clients may register; those used longest ago make room. 0: none. */
  readonly registrableCharacters: number;
}

/**
 * Operations by id: those of a manifest, and those that clients have registered by their SHA-256 (Apollo's automatic persisted
 * queries). Our own services, which sign their requests, and auditors may send any text.
 */
export function createPersistedOperations(options: PersistedOperationsOptions): PersistedOperations {
  const { manifest, only, registrableCharacters } = options;
  const byId = new Map(manifest.map(({ id, clientName, body }) => [keyOf(id, clientName), body]));
  const byBody = new Set(manifest.map(({ body, clientName }) => keyOf(body, clientName)));
  const maxRegistered = only ? 0 : registrableCharacters;
  const registered = createTextCache<string>(maxRegistered);

  function textOf(id: string, clientName: string | undefined): string | undefined {
    return byId.get(keyOf(id, clientName)) ?? byId.get(keyOf(id)) ?? registered.get(id);
  }

  function isInManifest(text: string, clientName: string | undefined): boolean {
    return byBody.has(keyOf(text, clientName)) || byBody.has(keyOf(text));
  }

  return {
    resolve: (request, asker) => {
      const { clientName } = asker;
      const persisted = readExtension(request.extensions);
      // graphql-transport-ws wants a text, so clients send an empty one beside the id.
      const query = persisted !== null && request.query === '' ? undefined : request.query;
      if (persisted === 'unfit') return refused('Unsupported persisted query version', 'BAD_REQUEST', 400);
      if (persisted === null && query === undefined) return request;
      if (query === undefined) {
        const text = textOf(persisted ?? '', clientName);
        if (text === undefined) return unknownId(only, maxRegistered > 0);
        return { ...withoutExtension(request), query: text };
      }
      if (persisted !== null && textOf(persisted, clientName) !== query && sha256(query) !== persisted)
        return refused('provided sha does not match query', 'BAD_REQUEST', 400);
      const mayAnything = !only || asker.isAuditor || asker.viewer?.kind === 'service';
      if (!mayAnything && !isInManifest(query, clientName)) return unknownText();
      return persisted === null ? request : withoutExtension(request);
    },
    register: ({ query, extensions }, resolved) => {
      const id = readExtension(extensions);
      if (query === undefined || id === null || id === 'unfit' || maxRegistered === 0) return;
      if (resolved.query === query && registered.get(id) === undefined)
        registered.set(id, query, id.length + query.length);
    },
  };
}

function keyOf(text: string, clientName = ''): string {
  return `${clientName}\0${text}`;
}

// `null`: the request does not speak of persisted queries.
function readExtension(extensions: OperationRequest['extensions']): string | null {
  const value = extensions?.['persistedQuery'];
  if (value === undefined || value === null) return null;
  const { version, sha256Hash } = Object(value) as { version?: unknown; sha256Hash?: unknown };
  return version === 1 && typeof sha256Hash === 'string' ? sha256Hash : 'unfit';
}

function withoutExtension({ extensions, ...request }: OperationRequest): OperationRequest {
  const { persistedQuery: _, ...rest } = extensions ?? {};
  return Object.keys(rest).length === 0 ? request : { ...request, extensions: rest };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

// A client that gets the first of these sends the text along with the hash, to register it.
function unknownId(only: boolean, mayRegister: boolean): GraphQLError {
  if (only)
    return refused('There is no persisted operation with this id.', 'PERSISTED_QUERY_NOT_IN_LIST', 404);
  return mayRegister
    ? refused('PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND', 200)
    : refused('PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED', 200);
}

function unknownText(): GraphQLError {
  const message = 'Only persisted operations are accepted here, and this text is none of them.';
  return refused(message, 'QUERY_NOT_IN_SAFELIST', 403);
}

function refused(message: string, code: string, status: number): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}
