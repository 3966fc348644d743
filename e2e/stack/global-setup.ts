import type { TestProject } from 'vitest/node';
import { keepSecret } from '../../scripts/infra/secrets.ts';
import { startIsolatedPlatform } from './isolated-platform.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    gatewayUrl: string;
    namespace: string;
    /** Base URL of each subgraph, by name. */
    subgraphUrls: Readonly<Record<string, string>>;
    /** Signs requests to subgraphs, as the gateway does. */
    signingKey: string;
  }
}

/** One whole system for all scenarios; everything is gone afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { platform, namespace, stateDir, remove } = await startIsolatedPlatform({
    '*': { LOG_LEVEL: 'info' },
  });
  project.provide('gatewayUrl', platform.gatewayUrl);
  project.provide('namespace', namespace);
  project.provide('subgraphUrls', platform.subgraphUrls);
  project.provide('signingKey', keepSecret(stateDir, 'internal-signing-key'));
  return remove;
}
