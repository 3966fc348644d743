/**
 * `pnpm contracts:check`: every event contract has its file in `contracts/`, equal to the code and compatible with what
 * is published. Exits with 1 and one readable line per problem.
 *
 *   --base COMMIT   compares with that commit, e.g. the one before a push of several
 */
import { parseArgs } from 'node:util';
import { REPOSITORY } from '../supergraph/supergraph-config.ts';
import { findProblems } from './contract-changes.ts';
import { readBaselines, readContractFiles } from './contract-files.ts';
import { readContracts } from './event-contracts.ts';

const { values } = parseArgs({ options: { base: { type: 'string' } } });
const [contracts, files, baselines] = await Promise.all([
  readContracts(),
  readContractFiles(REPOSITORY),
  readBaselines(REPOSITORY, values.base),
]);
const problems = findProblems({ contracts, files, baselines });
for (const problem of problems) console.error(problem);
const compared = `${contracts.length} contracts, compared with ${baselines.map(({ name }) => name).join(' and ')}`;
console.log(
  problems.length === 0
    ? `The contracts are kept (${compared}).`
    : `${problems.length} problem${problems.length === 1 ? '' : 's'} (${compared}).`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
