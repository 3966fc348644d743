import type { Viewer } from '@hoerok/shared/auth';
import type { DocumentNode } from 'graphql';
import type { CostEstimate } from './limits/admission.ts';
import type { SupergraphSchema } from './supergraph/supergraph-schema.ts';

/** A subscription that has passed the whole pipeline up to planning. */
export interface AcceptedSubscription {
  readonly schema: SupergraphSchema;
  readonly document: DocumentNode;
  readonly source: string;
  readonly operationName: string | undefined;
  /** Who may watch; it decides what of the operation is planned. */
  readonly viewer: Viewer | null;
  /** As the client sent them; they fit the operation's variable definitions. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** `extensions.eventId` of the last event that the client has got: the stream goes on after it. */
  readonly lastEventId?: string | undefined;
}

/** What a transport knows about one operation of one client. It goes through the pipeline and into data sources. */
export interface GatewayContext {
  readonly requestId: string;
  /** Who asks, verified; `null` when anonymous. */
  readonly viewer: Viewer | null;
  /** Headers that subgraphs get to see. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Viewer and headers as they stand now, on a connection whose access token can be renewed. Workspace, user and role
   * never change; a stream asks anew for each event.
   */
  readonly renewed?: () => Pick<GatewayContext, 'viewer' | 'headers'>;
  /** Aborts when the client is gone. */
  readonly signal: AbortSignal;
  /**
   * Fetches of queries may take the answer of an identical one of the same viewer that is under way, and so began a
   * moment earlier. Never for what an event or a snapshot calls for: that has to be newer than the event.
   * @default false
   */
  readonly mayShare?: boolean;
  /** When its answer has to be there, in milliseconds of `performance.now()`. @default each fetch has its own deadline only */
  readonly dueAt?: number;
  /** Estimated cost, for a client that may know it: it goes into the answer. */
  readonly cost?: CostEstimate;
  /**
   * Takes a subscription over from the executor. Only transports that can stream set it; without it the executor
   * refuses subscriptions.
   */
  readonly acceptSubscription?: (subscription: AcceptedSubscription) => void;
}
