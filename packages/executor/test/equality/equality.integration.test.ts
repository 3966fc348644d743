import { describe, expect, it } from 'vitest';
import { runCampaign } from './campaign.ts';
import { createContender } from './executor-contender.ts';

const SEED = Number(process.env['SEED'] ?? 1);

/** What the executor does otherwise than stock on purpose; `docs/gateway.md` has the reasons. */
const ON_PURPOSE = {
  rule: { once: false, clientPaths: true, anyIndex: true, anyOrder: true },
  skipGivenUp: true,
  skipListForObject: true,
} as const;

describe('over 300 random operations, supergraphs and faults', () => {
  it('the executor answers as stock does, and stock as a monolith but for its known mistakes', async () => {
    const { counts, findings } = await runCampaign({
      seed: SEED,
      cases: 300,
      contender: createContender,
      ...ON_PURPOSE,
    });
    expect(findings.map(({ text }) => text).join('\n'), `SEED=${SEED}`).toBe('');
    expect(counts.cases).toBe(300);
    // Below that, what is compared has gone missing.
    expect(counts.oracleCases).toBeGreaterThan(75);
    // Above that, the monolith or the subgraphs have gone wrong. Stock's own mistakes are one to four in a hundred.
    expect(counts.stockWrong / counts.oracleCases).toBeLessThan(0.08);
  }, 120_000);
});
