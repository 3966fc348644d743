import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { meter, renderMetrics } from '@hoerok/shared/telemetry';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { REPOSITORY } from '../supergraph/supergraph-config.ts';

const root = fileURLToPath(REPOSITORY);
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const SOURCES = ['packages/shared/src/**/*.ts', 'gateway/src/**/*.ts', 'subgraphs/*/src/**/*.ts'];
const INSTRUMENT = /\.create(\w+)\(\s*'(hoerok_\w+)',?\s*(?:\{[^}]*?unit: '(\w+)')?/g;

/** Names of the time series of all instruments in the code, as the serializer of the services writes them. */
async function exposedNames(): Promise<ReadonlySet<string>> {
  const text = globSync(SOURCES, { cwd: root }).map(read).join('\n');
  for (const [, kind = '', name = '', unit] of text.matchAll(INSTRUMENT)) {
    const options = unit === undefined ? {} : { unit };
    if (kind === 'Counter') meter.createCounter(name, options).add(1);
    else if (kind === 'UpDownCounter') meter.createUpDownCounter(name, options).add(1);
    else if (kind === 'Histogram') meter.createHistogram(name, options).record(1);
    else if (kind === 'Gauge') meter.createGauge(name, options).record(1);
    else if (kind === 'ObservableGauge')
      meter.createObservableGauge(name, options).addCallback((result) => result.observe(1));
    else throw new Error(`${name} is a ${kind}, which this test does not know.`);
  }
  const lines = (await renderMetrics()).split('\n').filter((line) => line.startsWith('hoerok_'));
  return new Set(lines.map((line) => /^\w+/.exec(line)?.[0] ?? ''));
}

const rulesFile = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});
const dashboard = z.object({
  panels: z.array(z.object({ id: z.number(), targets: z.array(z.object({ expr: z.string() })).default([]) })),
});

const rules = rulesFile
  .parse(parse(read('deploy/prometheus/alerts.yml')))
  .groups.flatMap((group) => group.rules);
const { panels } = dashboard.parse(JSON.parse(read('deploy/grafana/hoerok.json')));
const shown = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
const namesIn = (text: string): string[] => text.match(/\bhoerok_\w+/g) ?? [];

describe('monitoring', () => {
  it('asks for metrics only that the code registers, under the names that a scrape has', async () => {
    const exposed = await exposedNames();
    expect(exposed.size).toBeGreaterThan(30);
    const asked = [...rules.map(({ expr }) => expr), ...shown].flatMap(namesIn);
    expect(asked.length).toBeGreaterThan(30);
    expect(asked.filter((name) => !exposed.has(name))).toEqual([]);
  });

  it('has every metric of the code in the documentation, and none that is gone', async () => {
    const documents = ['operations', 'gateway', 'notifications', 'recordings', 'language-models', 'caching'];
    const told = namesIn(documents.map((name) => read(`docs/${name}.md`)).join('\n'));
    const bare = (name: string): string => name.replace(/_(bucket|count|sum|total)$/, '');
    const exposed = new Set([...(await exposedNames())].map(bare));
    expect([...exposed].filter((name) => !told.map(bare).includes(name))).toEqual([]);
    expect(told.filter((name) => !exposed.has(bare(name)))).toEqual([]);
  });

  it('alerts for what the documentation says', () => {
    const [, table = ''] = /### Alerts to begin with\n([^]*?)\n## /.exec(read('docs/operations.md')) ?? [];
    const documented = [...table.matchAll(/^\|[^|]*\| `([^`]+)`/gm)].map(([, expr = '']) => expr);
    expect(rules.map(({ expr }) => expr).toSorted()).toEqual(documented.toSorted());
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });
});

describe('retention', () => {
  it('is told in the documentation for every table', () => {
    const [, section = ''] =
      /## What is kept for how long\n([^]*?)\n## /.exec(read('docs/operations.md')) ?? [];
    const made = globSync(SOURCES, { cwd: root })
      .flatMap((path) => [...read(path).matchAll(/CREATE TABLE (\w+)/g)])
      .map(([, table]) => table ?? '');
    expect(made.length).toBeGreaterThan(40);
    expect(made.filter((table) => !section.includes(`\`${table}\``))).toEqual([]);
  });
});
