import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECKOUT_STATE_DIR } from '../../scripts/infra/infrastructure.ts';
import { separateRules } from '../../gateway/src/authorization/read-rules.ts';
import { composeSupergraph } from '../../scripts/supergraph/compose-supergraph.ts';
import { type GraphName, loadGraph } from './graph/graphs.ts';
import type { BenchSubgraph } from './graph/shop.ts';
import type { LoadOrder, LoadReport } from './load/process.ts';
import { type Cores, startWorker, type Worker } from './pinned.ts';
import type { SubgraphsMessage, SubgraphsReport } from './subgraphs/process.ts';

/** Everything that a run writes is in here. */
export const STATE_DIR = join(CHECKOUT_STATE_DIR, 'bench-gateway');

/** What all contenders share: subgraphs, their supergraph, and clients. */
export interface BenchSystem {
  readonly cores: Cores | null;
  readonly supergraphFile: string;
  readonly servicesFile: string;
  /** Not there before it is written. */
  readonly fetchesFile: string;
  /** `http://127.0.0.1:port/` of each subgraph, in the order of the graph. */
  readonly subgraphUrls: readonly string[];
  readonly tellSubgraphs: (message: SubgraphsMessage) => void;
  /** What came to the subgraphs since the last report. */
  readonly takeReport: () => Promise<SubgraphsReport>;
  readonly load: (order: LoadOrder) => Promise<LoadReport>;
  readonly stop: () => Promise<void>;
}

/** Starts the subgraphs and the clients, each in a process of its own, and composes the supergraph. */
export async function startSystem(cores: Cores | null, graph: GraphName): Promise<BenchSystem> {
  const subgraphs: Worker<SubgraphsMessage, SubgraphsReport> = startWorker(
    new URL('subgraphs/process.ts', import.meta.url),
    cores?.subgraphs,
    [graph],
  );
  const clients: Worker<LoadOrder, LoadReport> = startWorker(
    new URL('load/process.ts', import.meta.url),
    cores?.load,
  );
  const stop = async (): Promise<void> => {
    await Promise.all([subgraphs.stop(), clients.stop()]);
  };
  try {
    const { ports } = await subgraphs.report();
    const subgraphUrls = ports.map((port) => `http://127.0.0.1:${port}/`);
    return {
      cores,
      subgraphUrls,
      ...(await writeGraph(await loadGraph(graph), subgraphUrls)),
      tellSubgraphs: subgraphs.tell,
      takeReport: async () => {
        subgraphs.tell({ report: true });
        return await subgraphs.report();
      },
      load: async (order) => {
        clients.tell(order);
        return await clients.report();
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function writeGraph(
  subgraphs: readonly BenchSubgraph[],
  urls: readonly string[],
): Promise<Pick<BenchSystem, 'supergraphFile' | 'servicesFile' | 'fetchesFile'>> {
  const services = subgraphs.map(({ name }, index) => ({ name, url: urls[index] ?? '' }));
  const composition = composeSupergraph(
    subgraphs.map(({ name, sdl }, index) => ({ name, sdl, routingUrl: urls[index] ?? '' })),
  );
  if (!composition.ok) throw new Error(composition.errors.join('\n'));
  await mkdir(STATE_DIR, { recursive: true });
  const supergraphFile = join(STATE_DIR, 'supergraph.graphql');
  const servicesFile = join(STATE_DIR, 'services.json');
  // Stock refuses a supergraph with rules; the peers would enforce them, each in its own way.
  await writeFile(supergraphFile, separateRules(composition.supergraphSdl).sdl);
  await writeFile(servicesFile, JSON.stringify(services));
  return { supergraphFile, servicesFile, fetchesFile: join(STATE_DIR, 'fetches.json') };
}
