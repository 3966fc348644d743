import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { gatewayEnvironment } from '../src/config.ts';

it('is told in the README how every variable of the environment is set', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const missing = Object.keys(gatewayEnvironment.in.shape).filter((name) => !readme.includes(`\`${name}\``));
  expect(missing).toEqual([]);
});
