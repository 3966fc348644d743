// Writes models/summary-ranker.json from all meetings of the corpora. Run: node bench/minutes/learn-summary.ts
import { writeFileSync } from 'node:fs';
import { FEATURE_NAMES } from '../../subgraphs/ai/src/domain/analysis/summary-features.ts';
import { corporaPresent } from './corpora.ts';
import { preparedCorpora } from './prepared.ts';
import { learnRanker } from './summary-ranker.ts';

const target = new URL('../../subgraphs/ai/src/domain/analysis/models/summary-ranker.json', import.meta.url);

if (!corporaPresent()) {
  console.log('The corpora are not here: expected ../shared/data beside the repository. Nothing learned.');
} else {
  const { qmsum, ami } = preparedCorpora();
  const weights = learnRanker([...qmsum, ...ami]).map((weight) => Math.round(weight * 10_000) / 10_000);
  writeFileSync(target, `${JSON.stringify({ names: FEATURE_NAMES, weights }, null, 2)}\n`);
  for (const [at, name] of FEATURE_NAMES.entries()) console.log(name.padEnd(14), weights[at]);
}
