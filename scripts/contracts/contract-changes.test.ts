import { defineEvent } from '@hoerok/shared/contracts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ContractState, findProblems, planWrites } from './contract-changes.ts';
import { type PublishedContract, schemaOf, textOf } from './event-contracts.ts';

const NAME = 'shop.order.placed.v1.json';

function placed(schema: z.ZodType, version = 1): PublishedContract {
  const contract = defineEvent({ service: 'shop', aggregate: 'order', event: 'placed', version, schema });
  return { contract, schema: schemaOf(contract, 'An order was placed.') };
}

const first = placed(z.object({ id: z.string() }));
const longer = placed(z.object({ id: z.string(), note: z.string().optional() }));
const broken = placed(z.object({ id: z.number() }));
const REFUSAL = `contracts/${NAME}: payload.id: type was "string", is "number" now. Make it v2.`;

const fileOf = (published: PublishedContract, folder = ''): Map<string, string> =>
  new Map([[`${folder}${published.contract.type}.json`, textOf(published.schema)]]);
const state = (changes: Partial<ContractState>): ContractState => ({
  contracts: [first],
  files: fileOf(first),
  baselines: [{ name: 'commit 1', files: fileOf(first) }],
  ...changes,
});

describe('writing contracts', () => {
  it('writes what is new or changed compatibly, and leaves what is current', () => {
    const none = { files: new Map(), baselines: [] };
    expect(planWrites(state(none)).writes).toEqual(fileOf(first));
    expect(planWrites(state({ contracts: [longer] })).writes).toEqual(fileOf(longer));
    expect(planWrites(state({})).writes.size).toBe(0);
  });

  it('refuses a breaking change within a version, and says which version to make', () => {
    const { writes, refused } = planWrites(state({ contracts: [broken] }));
    expect(refused).toEqual([REFUSAL]);
    expect(writes.size).toBe(0);
  });

  it('writes the other contracts when it refuses one', () => {
    const second = placed(z.object({ id: z.number() }), 2);
    const { writes, refused } = planWrites(state({ contracts: [broken, second] }));
    expect(refused).toEqual([REFUSAL]);
    expect(writes).toEqual(fileOf(second));
  });

  it('lets a contract change freely that nobody has seen', () => {
    const { writes, refused } = planWrites(state({ contracts: [broken], baselines: [] }));
    expect(refused).toEqual([]);
    expect(writes).toEqual(fileOf(broken));
  });

  it('never uses a retired version again', () => {
    const { writes, refused } = planWrites(state({ files: fileOf(first, 'retired/') }));
    expect(refused).toEqual([`contracts/${NAME}: this version is retired; make it v2.`]);
    expect(writes.size).toBe(0);
  });
});

describe('checking contracts', () => {
  it('has nothing to say when code, files and what is published agree', () => {
    expect(findProblems(state({}))).toEqual([]);
  });

  it('finds a file that is missing or differs from the code', () => {
    expect(findProblems(state({ files: new Map() }))).toEqual([
      `contracts/${NAME} is missing; run "pnpm contracts:write".`,
    ]);
    expect(findProblems(state({ contracts: [longer] }))).toEqual([
      `contracts/${NAME} differs from its contract; run "pnpm contracts:write".`,
    ]);
  });

  it('finds a breaking change also when the file was changed along with the code', () => {
    expect(findProblems(state({ contracts: [broken], files: fileOf(broken) }))).toEqual([REFUSAL]);
  });

  it('says once what breaks several baselines', () => {
    const baselines = ['commit 1', 'commit 2'].map((name) => ({ name, files: fileOf(first) }));
    expect(findProblems(state({ contracts: [broken], baselines }))).toEqual([REFUSAL]);
  });

  it('finds a file without a contract, and accepts it among the retired ones', () => {
    expect(findProblems(state({ contracts: [] }))).toEqual([
      `contracts/${NAME} has no contract; bring it back, or move the file to contracts/retired/ when nobody ` +
        'publishes or reads it any more.',
    ]);
    expect(findProblems(state({ contracts: [], files: fileOf(first, 'retired/') }))).toEqual([]);
  });

  it('finds a published contract that vanished, from either folder', () => {
    const lost = [
      `contracts/${NAME} was removed; keep it as contracts/retired/${NAME}, its type stays taken.`,
    ];
    for (const folder of ['', 'retired/']) {
      const baselines = [{ name: 'commit 1', files: fileOf(first, folder) }];
      expect(findProblems(state({ contracts: [], files: new Map(), baselines }))).toEqual(lost);
    }
  });

  it('finds a retired contract that was changed', () => {
    expect(findProblems(state({ contracts: [], files: fileOf(broken, 'retired/') }))).toEqual([
      `contracts/retired/${NAME}: payload.id: type was "string", is "number" now. Nothing changes in what is retired.`,
    ]);
  });

  it('names the file that is not JSON', () => {
    const baselines = [{ name: 'commit 1', files: new Map([[NAME, '{']]) }];
    expect(() => findProblems(state({ baselines }))).toThrow(`contracts/${NAME} is not JSON.`);
  });
});
