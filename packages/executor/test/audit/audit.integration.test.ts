import { describe, expect, it } from 'vitest';
import type { ContenderFactory } from '../equality/contender.ts';
import { createContender } from '../equality/executor-contender.ts';
import { createStock } from '../equality/stock.ts';
import { abstractSuites } from './abstract.suites.ts';
import { dependencySuites } from './dependencies.suites.ts';
import { keySuites } from './keys.suites.ts';
import { schemaSuites } from './schema.suites.ts';
import { type Answered, type Case, openSuite, type Suite } from './suite.ts';

const suites = [...keySuites, ...abstractSuites, ...schemaSuites, ...dependencySuites];

/** `data` as text, and whether there are errors. */
async function answer(suite: Suite, { query, variables }: Case, create: ContenderFactory): Promise<unknown> {
  const { served, fetch } = openSuite(suite);
  const contender = await create(served, fetch);
  const { data, errors } = await contender.run({ query, variables: variables ?? {} });
  return { data: JSON.stringify(data), hasErrors: errors !== undefined };
}

function expected({ data, hasErrors }: Answered): unknown {
  return { data: JSON.stringify(data), hasErrors: hasErrors ?? false };
}

describe.each(suites)('with $feature', (suite) => {
  describe.each(suite.cases)('$query', (one) => {
    const promised = one.planned ?? one;
    it('the executor answers what federation promises, as far as the plan does', async () => {
      expect(await answer(suite, one, createContender)).toEqual(expected(promised));
    });
    it('stock answers the same, but for its known mistakes', async () => {
      expect(await answer(suite, one, createStock)).toEqual(expected(one.stock ?? promised));
    });
  });
});
