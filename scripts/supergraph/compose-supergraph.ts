import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { composeServices } from '@apollo/composition';
import { type GraphQLError, parse } from 'graphql';
import { REPOSITORY, type Subgraph } from './supergraph-config.ts';

/** What composition made of the subgraphs. */
export type Composition =
  | { readonly ok: true; readonly supergraphSdl: string; readonly hints: readonly string[] }
  | { readonly ok: false; readonly errors: readonly string[] };

/** Composes with the library that Rover itself runs for this federation version. */
export function composeSupergraph(subgraphs: readonly Subgraph[]): Composition {
  const services = subgraphs.map(({ name, routingUrl, sdl }) => ({
    name,
    url: routingUrl,
    typeDefs: parse(sdl),
  }));
  const result = composeServices(services);
  if (result.errors !== undefined) {
    return {
      ok: false,
      errors: result.errors.map((error) => `${codeOf(error)}: ${error.message}`),
    };
  }
  return {
    ok: true,
    supergraphSdl: result.supergraphSdl,
    hints: result.hints.map((hint) => hint.toString()),
  };
}

/** Composes supergraph.yaml with Rover; undefined when Rover is not installed. */
export async function composeWithRover(): Promise<Composition | undefined> {
  try {
    const { stdout } = await promisify(execFile)(
      'rover',
      [
        'supergraph',
        'compose',
        '--config',
        'supergraph.yaml',
        '--elv2-license',
        'accept',
        '--skip-update-check',
      ],
      { cwd: fileURLToPath(REPOSITORY), maxBuffer: 64 * 1024 * 1024 },
    );
    return { ok: true, supergraphSdl: stdout.trim(), hints: [] };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    return { ok: false, errors: [`rover: ${output.trim()}`] };
  }
}

function codeOf({ extensions }: GraphQLError): string {
  const code = extensions['code'];
  return typeof code === 'string' ? code : 'INVALID';
}
