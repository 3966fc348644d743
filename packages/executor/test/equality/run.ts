import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { GraphQLError } from 'graphql';
import { type CampaignCounts, runCampaign } from './campaign.ts';
import type { ContenderFactory } from './contender.ts';

/**
 * Compares an executor with stock, and stock with a monolith, over random cases:
 * `node run.ts --cases 10000 --seed 1 --contender executor-contender.ts`. World after world has the next seed, so
 * `--seed n --cases 30` repeats the world of a difference. Ends with 1 on a difference that the monolith does not back.
 */
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '10000' },
    seed: { type: 'string', default: process.env['SEED'] ?? '1' },
    contender: { type: 'string' },
    'errors-once': { type: 'boolean', default: false },
    'any-order': { type: 'boolean', default: false },
    'any-index': { type: 'boolean', default: false },
    'skip-list-for-object': { type: 'boolean', default: false },
    'client-paths': { type: 'boolean', default: false },
    differences: { type: 'string', default: '1' },
    'stock-findings': { type: 'boolean', default: false },
    'skip-given-up': { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
  },
});

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

function summary(counts: CampaignCounts): string {
  const { worlds, cases, requests } = counts;
  return [
    `${cases} cases in ${worlds} supergraphs`,
    `${counts.faultyCases} with faults`,
    `${counts.withErrors} with errors`,
    `stock gave up on ${counts.stockGaveUp}`,
    `${counts.oracleCases} against the monolith, where stock was wrong ${counts.stockWrong} times`,
    `${counts.rejectedWorlds} drafts of supergraphs did not compose`,
    `${counts.unplannable} operations could not be planned`,
    `subgraph requests: stock ${requests.stock}, contender ${requests.contender}`,
  ].join('; ');
}

async function loadContender(path: string): Promise<ContenderFactory> {
  const module = (await import(pathToFileURL(path).href)) as { createContender?: ContenderFactory };
  if (module.createContender === undefined) throw new Error(`${path} exports no createContender.`);
  return module.createContender;
}

// graphql-js leaves the other promises of a list alone when one of its items fails at once.
process.on('unhandledRejection', (reason) => {
  if (!(reason instanceof GraphQLError)) throw reason;
});

let shownAt = 0;
const { counts, findings } = await runCampaign({
  seed: Number(values.seed),
  cases: Number(values.cases),
  maxDifferences: Number(values.differences),
  skipGivenUp: values['skip-given-up'],
  skipListForObject: values['skip-list-for-object'],
  stockFindings: values['stock-findings'],
  rule: {
    once: values['errors-once'],
    clientPaths: values['client-paths'],
    anyIndex: values['any-index'],
    anyOrder: values['any-order'],
  },
  ...(values.contender === undefined ? {} : { contender: await loadContender(values.contender) }),
  progress: (soFar) => {
    if (values.quiet || soFar.cases - shownAt < 1000) return;
    shownAt = soFar.cases;
    print(summary(soFar));
  },
});
for (const { text } of findings) print(`\n===== a difference =====\n${text}`);
print(`\n${summary(counts)}`);
print(`faults: ${[...counts.faults].map(([kind, count]) => `${kind} ${count}`).join(', ')}`);
print(findings.length === 0 ? 'No difference.' : `${findings.length} differences.`);
process.exitCode = findings.length === 0 ? 0 : 1;
