import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';

/** The repository's root, as a folder URL. */
export const REPOSITORY = new URL('../../', import.meta.url);

/** One subgraph of supergraph.yaml. */
export interface Subgraph {
  readonly name: string;
  readonly routingUrl: string;
  /** Text of its schema.graphql. */
  readonly sdl: string;
}

const supergraphYaml = z.object({
  federation_version: z.string(),
  subgraphs: z.record(z.string(), z.object({ routing_url: z.url(), schema: z.object({ file: z.string() }) })),
});

/** The subgraphs that supergraph.yaml lists, with their schemas. @throws Error naming what is wrong in which file. */
export async function readSubgraphs(): Promise<Subgraph[]> {
  const text = await readFile(new URL('supergraph.yaml', REPOSITORY), 'utf8');
  const config = supergraphYaml.safeParse(parse(text));
  if (!config.success) {
    const [issue] = config.error.issues;
    throw new Error(`supergraph.yaml: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  return await Promise.all(
    Object.entries(config.data.subgraphs).map(async ([name, { routing_url: routingUrl, schema }]) => {
      const sdl = await readFile(new URL(schema.file, REPOSITORY), 'utf8');
      return { name, routingUrl, sdl };
    }),
  );
}
