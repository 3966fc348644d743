import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { DataSource } from 'typeorm';
import { Kind, type FragmentDefinitionNode } from 'graphql';
import type { Viewer } from '../auth/index.ts';
import { acrossWorkspaces } from '../database/index.ts';
import { type Logger, meter } from '../telemetry/index.ts';
import { type AuditAction, auditActionsOf } from './audit-actions.ts';

const failed = meter.createCounter('hoerok_audit_lost', {
  description: 'Audit records that the database did not take; each is in the log',
});

// Apollo Server hands its plugins a copy of the context, so the viewer travels on it.
const VIEWER = Symbol('viewer');

interface Identified extends BaseContext {
  readonly [VIEWER]?: Viewer;
}

/** The audit trail of a service: writes down who was refused what, and who shared or deleted what. */
export interface AuditTrail {
  /** Tells whose request a context belongs to. */
  readonly identify: (context: BaseContext, viewer: Viewer | null) => void;
  /** Writes a record for each such mutation before it is answered. */
  readonly plugin: ApolloServerPlugin<BaseContext>;
}

/**
 * Builds an {@link AuditTrail} over the table `audit_record`. A record is written after the deed and before its answer:
 * whoever was answered is recorded, but a process that dies between the two leaves a deed without a record.
 */
export function createAuditTrail(deps: {
  readonly service: string;
  readonly dataSource: DataSource;
  readonly logger: Logger;
}): AuditTrail {
  return {
    identify: (context, viewer) => {
      if (viewer !== null) Object.assign(context, { [VIEWER]: viewer });
    },
    plugin: {
      requestDidStart: async () => ({
        willSendResponse: async ({ operation, document, request, response, contextValue }) => {
          if (operation?.operation !== 'mutation' || response.body.kind !== 'single') return;
          const { data, errors = [] } = response.body.singleResult;
          const definitions = document?.definitions ?? [];
          const fragments = new Map(
            definitions
              .filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION)
              .map((one) => [one.name.value, one]),
          );
          const variables = request.variables ?? {};
          const actions = auditActionsOf({ operation, fragments, variables, data, errors });
          // What nobody has been refused is of no workspace, and still to be written down.
          if (actions.length > 0)
            await acrossWorkspaces(() => record(deps, (contextValue as Identified)[VIEWER], actions));
        },
      }),
    },
  };
}

async function record(
  { service, dataSource, logger }: Parameters<typeof createAuditTrail>[0],
  viewer: Viewer | undefined,
  actions: readonly AuditAction[],
): Promise<void> {
  const rows = actions.map((action) => ({
    actor: actorOf(viewer),
    workspaceId: viewer?.workspaceId ?? null,
    ...action,
  }));
  try {
    for (const { actor, workspaceId, action, objectIds, outcome, code } of rows)
      await dataSource.query(
        `INSERT INTO audit_record (actor, workspace_id, action, object_ids, outcome, code) VALUES ($1, $2, $3, $4, $5, $6)`,
        [actor, workspaceId, action, objectIds, outcome, code],
      );
  } catch (err) {
    // The deed has been done: whoever did it must hear so. The log keeps what the table could not.
    failed.add(rows.length, { service });
    logger.error({ err, audit: rows }, 'audit records not written');
  }
}

function actorOf(viewer: Viewer | undefined): string {
  if (viewer === undefined) return 'anonymous';
  if (viewer.kind === 'service') return `service:${viewer.service}`;
  return viewer.apiKeyId === undefined
    ? `user:${viewer.userId}`
    : `user:${viewer.userId} key:${viewer.apiKeyId}`;
}
