import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const GATEWAY = new URL('../../gateway/package.json', import.meta.url);

/** Loads a dependency of the gateway package; `T` names the part of its interface that is used. */
export async function importFromGateway<T>(name: string): Promise<T> {
  const path = createRequire(GATEWAY).resolve(name);
  return (await import(pathToFileURL(path).href)) as T;
}
