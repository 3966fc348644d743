import { setImmediate as nextTurn } from 'node:timers/promises';
import { ROLES, type Viewer } from '@hoerok/shared/auth';
import { messageOf } from '@hoerok/shared/errors';
import type { Logger } from '@hoerok/shared/telemetry';
import { type DocumentNode, parse, validate } from 'graphql';
import { plannedOf } from '../execution/planned-operation.ts';
import type { SupergraphSchema } from '../supergraph/supergraph-schema.ts';
import type { PersistedOperation } from './manifest.ts';

/** Viewers as they come; what each may have decides how an operation is planned. */
const VIEWERS: readonly (Viewer | null)[] = [
  null,
  ...ROLES.map((role): Viewer => ({ kind: 'user', userId: 'u', workspaceId: 'w', role, sessionId: 's' })),
];

/**
 * Plans the operations of a manifest for a supergraph that is about to be served, so that no client waits for that. One plan
 * a turn. An operation that the supergraph does not know is told of in the log; its clients will hear why.
 */
export async function planPersisted(
  manifest: readonly PersistedOperation[],
  schema: SupergraphSchema,
  logger: Logger,
): Promise<void> {
  for (const { name, body } of manifest) {
    try {
      await plan(body, { name, schema });
    } catch (error) {
      logger.warn({ operation: name, reason: messageOf(error) }, 'A persisted operation cannot be planned.');
    }
  }
}

async function plan(
  source: string,
  { name, schema }: { readonly name: string; readonly schema: SupergraphSchema },
): Promise<void> {
  const document: DocumentNode = parse(source);
  const [error] = validate(schema.api, document);
  if (error !== undefined) throw error;
  for (const viewer of VIEWERS) {
    // Some clients send the name along, and others do not.
    for (const operationName of [undefined, name]) {
      await nextTurn();
      plannedOf({ schema, document, source, operationName, viewer });
    }
  }
}
