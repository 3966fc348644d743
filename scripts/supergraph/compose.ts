/**
 * `pnpm supergraph:compose` prints the supergraph of supergraph.yaml; `--write` makes it the committed baseline
 * `supergraph.graphql`. Uses `rover` when it is installed and @apollo/composition otherwise.
 */
import { writeFile } from 'node:fs/promises';
import { composeSupergraph, composeWithRover } from './compose-supergraph.ts';
import { readSubgraphs, REPOSITORY } from './supergraph-config.ts';

const composition = (await composeWithRover()) ?? composeSupergraph(await readSubgraphs());
if (!composition.ok) {
  for (const error of composition.errors) console.error(error);
  process.exitCode = 1;
} else if (process.argv.includes('--write')) {
  await writeFile(new URL('supergraph.graphql', REPOSITORY), `${composition.supergraphSdl.trim()}\n`);
  console.log('supergraph.graphql is the baseline now.');
} else {
  console.log(composition.supergraphSdl.trim());
}
