import { createHealth, type Health, type ProbeResult } from '@hoerok/shared/health';
import type { SubgraphClient } from '../datasources/subgraph-client.ts';
import type { SupergraphSource } from '../supergraph/supergraph-file.ts';

const REMEMBER_MS = 2_000;

/** The gateway's readiness with the state of each dependency. */
export interface GatewayReadiness {
  readonly status: 'ready' | 'not ready';
  readonly dependencies: Readonly<Record<string, ProbeResult>>;
}

/** What {@link createReadiness} needs. */
export interface ReadinessDeps {
  readonly supergraph: SupergraphSource;
  readonly client: SubgraphClient;
  /** Throws when NATS is down; `null` without NATS. */
  readonly probeNats: ((signal: AbortSignal) => Promise<unknown>) | null;
  readonly clock?: () => number;
}

/**
 * Ready while a supergraph is served and NATS answers. Subgraphs are shown and decide nothing: a gateway that misses one
 * still answers for all others. One round of questions serves everybody who asks within two seconds.
 */
export function createReadiness(deps: ReadinessDeps): Pick<Health, 'stopAccepting'> & {
  readonly readiness: () => Promise<GatewayReadiness>;
} {
  const { supergraph, client, probeNats, clock = Date.now } = deps;
  const required = createHealth({
    supergraph: async () => supergraph.current(),
    ...(probeNats === null ? {} : { nats: probeNats }),
  });

  async function ask(): Promise<GatewayReadiness> {
    const probes = [...supergraph.current().subgraphs.values()].map(
      ({ name, url }) =>
        [`subgraph ${name}`, async (signal: AbortSignal) => await reach(client, url, signal)] as const,
    );
    const [own, subgraphs] = await Promise.all([
      required.readiness(),
      createHealth(Object.fromEntries(probes)).readiness(),
    ]);
    return { status: own.status, dependencies: { ...own.dependencies, ...subgraphs.dependencies } };
  }

  let asked: { readonly at: number; readonly answer: Promise<GatewayReadiness> } | undefined;
  return {
    stopAccepting: () => {
      required.stopAccepting();
      asked = undefined;
    },
    readiness: async () => {
      if (asked === undefined || clock() - asked.at > REMEMBER_MS) asked = { at: clock(), answer: ask() };
      return await asked.answer;
    },
  };
}

// Any HTTP answer will do: a subgraph that refuses unsigned requests is up.
async function reach(client: SubgraphClient, url: string, signal: AbortSignal): Promise<void> {
  const body = JSON.stringify({ query: '{ __typename }' });
  const { status } = await client.post({
    url,
    body,
    headers: { 'content-type': 'application/json' },
    signal,
  });
  if (status >= 500) throw new Error('the subgraph answers with a server error');
}
