import type { TestProject } from 'vitest/node';
import { startIsolatedPlatform } from './isolated-platform.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    gatewayUrl: string;
    namespace: string;
  }
}

/** One whole system for all scenarios; everything is gone afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { platform, namespace, remove } = await startIsolatedPlatform({ '*': { LOG_LEVEL: 'info' } });
  project.provide('gatewayUrl', platform.gatewayUrl);
  project.provide('namespace', namespace);
  return remove;
}
