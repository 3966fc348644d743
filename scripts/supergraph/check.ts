/**
 * `pnpm supergraph:check`: composition, schema lint, breaking changes against the committed baseline
 * `supergraph.graphql`, and recorded operations (`operations/*.graphql`) that would stop working. Exits with 1 and one
 * readable line per problem.
 */
import { readdir, readFile } from 'node:fs/promises';
import { composeSupergraph } from './compose-supergraph.ts';
import { apiSchemaOf, breakingChanges, brokenOperations, type RecordedOperation } from './schema-changes.ts';
import { lintSubgraph } from './schema-lint.ts';
import { readSubgraphs, REPOSITORY } from './supergraph-config.ts';

const OPERATIONS = new URL('operations/', REPOSITORY);

async function findProblems(): Promise<string[]> {
  const subgraphs = await readSubgraphs();
  const composition = composeSupergraph(subgraphs);
  if (!composition.ok) return composition.errors.map((error) => `composition: ${error}`);
  const baseline = await readFile(new URL('supergraph.graphql', REPOSITORY), 'utf8');
  const schema = apiSchemaOf(composition.supergraphSdl);
  const problems = [
    ...subgraphs.flatMap(lintSubgraph).map((problem) => `lint: ${problem}`),
    ...breakingChanges(apiSchemaOf(baseline), schema).map((change) => `breaking change: ${change}`),
    ...brokenOperations(schema, await readOperations()).map((problem) => `recorded operation: ${problem}`),
  ];
  if (problems.length === 0 && composition.supergraphSdl.trim() !== baseline.trim()) {
    problems.push(
      'baseline: supergraph.graphql is not what the schemas compose to; run "pnpm supergraph:compose --write".',
    );
  }
  return problems;
}

async function readOperations(): Promise<RecordedOperation[]> {
  const files = (await readdir(OPERATIONS)).filter((file) => file.endsWith('.graphql')).sort();
  return await Promise.all(
    files.map(async (file) => ({
      file: `operations/${file}`,
      text: await readFile(new URL(file, OPERATIONS), 'utf8'),
    })),
  );
}

const problems = await findProblems();
for (const problem of problems) console.error(problem);
console.log(
  problems.length === 0
    ? 'The supergraph is fit to ship.'
    : `${problems.length} problem${problems.length === 1 ? '' : 's'}.`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
