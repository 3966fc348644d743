/**
 * `pnpm supergraph:compose` prints the supergraph of supergraph.yaml. Uses `rover` when it is installed and
 * @apollo/composition otherwise.
 *
 *   --write                     makes it the committed baseline, supergraph.graphql
 *   --output FILE               writes it there
 *   --routing-url TEMPLATE      routes to e.g. "http://{name}:4000/graphql" instead of the addresses of supergraph.yaml
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Composition, composeSupergraph, composeWithRover } from './compose-supergraph.ts';
import { readSubgraphs, REPOSITORY } from './supergraph-config.ts';

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    output: { type: 'string' },
    'routing-url': { type: 'string' },
  },
});
const output = values.write ? fileURLToPath(new URL('supergraph.graphql', REPOSITORY)) : values.output;

const composition = await compose(values['routing-url']);
if (!composition.ok) {
  for (const error of composition.errors) console.error(error);
  process.exitCode = 1;
} else if (output === undefined) {
  console.log(composition.supergraphSdl.trim());
} else {
  await writeFile(output, `${composition.supergraphSdl.trim()}\n`);
  console.log(`Wrote ${output}`);
}

async function compose(template: string | undefined): Promise<Composition> {
  // Rover takes routing URLs from supergraph.yaml alone.
  if (template === undefined) return (await composeWithRover()) ?? composeSupergraph(await readSubgraphs());
  const subgraphs = await readSubgraphs();
  return composeSupergraph(
    subgraphs.map((subgraph) => ({ ...subgraph, routingUrl: template.replace('{name}', subgraph.name) })),
  );
}
