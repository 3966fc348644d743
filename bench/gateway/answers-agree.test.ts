import { describe, expect, it } from 'vitest';
import { differenceFrom } from './answers-agree.ts';

const STOCK = '{"data":{"a":1,"b":"é"}}\n';

describe('the comparison of answers', () => {
  it('takes data with the same bytes, whatever stands behind it', () => {
    expect(differenceFrom(STOCK, '{"data":{"a":1,"b":"é"},"extensions":{"cost":3}}', true)).toBeUndefined();
  });

  it('tells from where on the bytes differ', () => {
    expect(differenceFrom(STOCK, '{"data":{"a":1,"b":"e"}}', true)).toContain('from character 12 of data on');
    expect(differenceFrom(STOCK, '{"data":{"b":"é","a":1}}', true)).toContain('from character 2 of data on');
  });

  it('refuses an answer with errors where bytes count', () => {
    expect(() => differenceFrom(STOCK, '{"data":null,"errors":[{"message":"no"}]}', true)).toThrow(
      'not an answer',
    );
  });

  it('takes values in another order where values count', () => {
    expect(differenceFrom(STOCK, '{"extensions":{},"data":{"b":"é","a":1}}', false)).toBeUndefined();
    expect(differenceFrom(STOCK, '{"data":{"a":2,"b":"é"}}', false)).toContain('other values');
    expect(differenceFrom(STOCK, '{"data":{"a":1,"b":"é"},"errors":[]}', false)).toContain('other values');
  });
});
