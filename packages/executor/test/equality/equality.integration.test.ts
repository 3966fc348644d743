import { describe, expect, it } from 'vitest';
import { runCampaign } from './campaign.ts';

const SEED = Number(process.env['SEED'] ?? 1);

describe('over 300 random operations, supergraphs and faults', () => {
  it('stock answers as a monolith over the same store would, but for its known mistakes', async () => {
    const { counts } = await runCampaign({ seed: SEED, cases: 300 });
    expect(counts.cases, `SEED=${SEED}`).toBe(300);
    // Below that, what is compared has gone missing.
    expect(counts.oracleCases, `SEED=${SEED}`).toBeGreaterThan(75);
    // Above that, the monolith or the subgraphs have gone wrong. Stock's own mistakes are one to three in a hundred.
    expect(counts.stockWrong / counts.oracleCases, `SEED=${SEED}`).toBeLessThan(0.08);
  }, 120_000);
});
