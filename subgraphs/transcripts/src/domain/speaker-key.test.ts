import { describe, expect, it } from 'vitest';
import { usersByLabel } from './speaker-key.ts';

const people = [
  { id: 'u-dana', name: 'Dana Lee', aliases: ['Dana', 'DL'] },
  { id: 'u-minjun', name: '김민준', aliases: ['민준', 'Minjun Kim'] },
  { id: 'u-dana-2', name: 'Dana Park', aliases: ['dana'] },
];

describe('the label of a speaker', () => {
  it('names whose name or alias it equals, letter case, Unicode form and white space aside', () => {
    const labels = ['dana  lee', '김민준'.normalize('NFD'), 'MINJUN KIM', 'DL'];
    expect([...usersByLabel(labels, people).values()]).toEqual(['u-dana', 'u-minjun', 'u-minjun', 'u-dana']);
  });

  it('names nobody when two have it, or when it is only a part of a name', () => {
    expect(usersByLabel(['Dana', 'Lee', 'Speaker 1'], people)).toEqual(new Map());
  });

  it('names who has it twice, as name and as alias', () => {
    const eun = { id: 'u-eun', name: 'Eun', aliases: ['eun', 'EUN '] };
    expect(usersByLabel(['Eun'], [eun])).toEqual(new Map([['Eun', 'u-eun']]));
  });
});
