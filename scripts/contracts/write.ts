/**
 * `pnpm contracts:write`: writes the file of every event contract that is new or changed compatibly. What would break
 * readers within its version is refused, named and left as it was; then it exits with 1.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { REPOSITORY } from '../supergraph/supergraph-config.ts';
import { planWrites } from './contract-changes.ts';
import { readBaselines, readContractFiles } from './contract-files.ts';
import { readContracts } from './event-contracts.ts';

const folder = new URL('contracts/', REPOSITORY);
const [contracts, files, baselines] = await Promise.all([
  readContracts(),
  readContractFiles(REPOSITORY),
  readBaselines(REPOSITORY),
]);
const { writes, refused } = planWrites({ contracts, files, baselines });
await mkdir(folder, { recursive: true });
for (const [name, text] of writes) {
  await writeFile(new URL(name, folder), text);
  console.log(`Wrote contracts/${name}`);
}
for (const reason of refused) console.error(reason);
if (refused.length === 0 && writes.size === 0) console.log('Every contract file is current.');
process.exitCode = refused.length === 0 ? 0 : 1;
