import { listDurables, type Platform, type ServiceDefinition } from '@hoerok/shared/service';
import { REPOSITORY } from '../supergraph/supergraph-config.ts';
import { readSubgraphs } from '../supergraph/supergraph-config.ts';
import type { BrokerAccess } from './broker-access.ts';

/** What the services declare in their code, by reading each one's definition; nothing is connected or started. */
export async function findDeclaredAccess(): Promise<BrokerAccess> {
  const services: BrokerAccess['services'] = {};
  for (const { name } of await readSubgraphs()) services[name] = await declaredBy(name);
  return { services };
}

async function declaredBy(name: string): Promise<BrokerAccess['services'][string]> {
  const loaded = (await import(new URL(`subgraphs/${name}/src/service.ts`, REPOSITORY).href)) as Record<
    string,
    unknown
  >;
  const definition = loaded[`${name}Service`] as ServiceDefinition<never, never>;
  // A service that signs links insists on a key when it is built.
  const platform = standIn({ service: name, INTERNAL_SIGNING_KEYS: ['stand-in'] });
  const parts = definition.build(platform as Platform<never>);
  const found = listDurables(platform as Platform, parts);
  await parts.close?.();
  const bySource = (former: boolean): Record<string, string[]> => {
    const durables: Record<string, string[]> = {};
    for (const one of found)
      if (one.source !== null && one.former === former) (durables[one.source] ??= []).push(one.durable);
    return durables;
  };
  const deadLetters = found.flatMap(({ source, durable }) => (source === null ? [durable] : []));
  return { events: bySource(false), former: bySource(true), deadLetters };
}

/** What a platform is made of. */
const PARTS: readonly (keyof Platform)[] = [
  'service',
  'config',
  'logger',
  'dataSource',
  'transact',
  'messaging',
  'cache',
  'gateway',
];

/** An object of which every property is one like it, and every call too: to define a service, nobody uses its platform yet. */
function standIn(known: Readonly<Record<string, unknown>>): unknown {
  const anything: unknown = new Proxy(() => undefined, {
    get: (_target, key) => {
      if (typeof key === 'string' && key in known) return known[key];
      if (key === Symbol.iterator) return () => [].values();
      if (key === Symbol.toPrimitive) return () => '';
      return key === 'then' ? undefined : anything;
    },
    // For `{ ...platform }`.
    ownKeys: () => PARTS,
    getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
    apply: () => anything,
  });
  return anything;
}
