// Writes models/background.en.json: how common stems are in meetings of any kind.
// Run: node bench/minutes/learn-background.ts
import { writeFileSync } from 'node:fs';
import { splitSentences } from '../../subgraphs/ai/src/domain/analysis/sentences.ts';
import { stemOf, wordsOf } from '../../subgraphs/ai/src/domain/analysis/terms.ts';
import { corporaPresent, qmsumMeetings } from './corpora.ts';

const target = new URL('../../subgraphs/ai/src/domain/analysis/models/background.en.json', import.meta.url);
const BLOCK_SENTENCES = 50;
const MIN_KINDS = 3;
const MIN_SHARE = 0.02;

/** Product meetings, research meetings, two parliaments: a word said in only one kind is that kind's topic. */
const kindOf = (id: string): string =>
  /^[a-z]+(?=_)/u.exec(id)?.[0] ?? (id.startsWith('B') ? 'research' : 'product');

function blocksOf(texts: readonly string[]): Set<string>[] {
  const blocks: Set<string>[] = [];
  for (let at = 0; at < texts.length; at += BLOCK_SENTENCES) {
    blocks.push(new Set(wordsOf(texts.slice(at, at + BLOCK_SENTENCES).join(' ')).map(stemOf)));
  }
  return blocks;
}

function learn(): Record<string, number> {
  const kinds = new Map<string, Set<string>[]>();
  for (const { id, segments } of qmsumMeetings()) {
    const blocks = blocksOf([...splitSentences(segments)].map(({ text }) => text));
    kinds.set(kindOf(id), [...(kinds.get(kindOf(id)) ?? []), ...blocks]);
  }
  const shares = new Map<string, number[]>();
  for (const blocks of kinds.values()) {
    for (const stem of new Set(blocks.flatMap((block) => [...block]))) {
      const share = blocks.filter((block) => block.has(stem)).length / blocks.length;
      shares.set(stem, [...(shares.get(stem) ?? []), share]);
    }
  }
  const common = [...shares]
    .filter(([stem, list]) => stem !== '' && list.length >= MIN_KINDS)
    .map(([stem, list]): [string, number] => [stem, list.reduce((sum, share) => sum + share, 0) / kinds.size])
    .filter(([, share]) => share >= MIN_SHARE)
    .toSorted(([left], [right]) => left.localeCompare(right, 'en'));
  return Object.fromEntries(common.map(([stem, share]) => [stem, Math.round(share * 1000) / 1000]));
}

if (!corporaPresent()) {
  console.log('The corpora are not here: expected ../shared/data beside the repository. Nothing learned.');
} else {
  const shares = learn();
  writeFileSync(target, `${JSON.stringify({ shares })}\n`);
  console.log(`${Object.keys(shares).length} stems`);
}
