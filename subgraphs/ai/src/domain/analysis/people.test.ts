import { describe, expect, it } from 'vitest';
import { indexPeople } from './people.ts';

const people = indexPeople([
  { id: 'u1', name: '김민준', aliases: ['MJ'] },
  { id: 'u2', name: 'Dana Lee', aliases: [] },
  { id: 'u3', name: 'Alex Park', aliases: [] },
  { id: 'u4', name: 'Alex Kim', aliases: [] },
]);
const ids = (text: string): (string | undefined)[] => people.named(text).map((owner) => owner.id);

describe('indexPeople', () => {
  it('finds full names, first names, given names with a title, and aliases', () => {
    expect(ids('민준 님이 확인해 주세요')).toEqual(['u1']);
    expect(ids('김민준에게 보내요')).toEqual(['u1']);
    expect(ids('Could MJ and Dana look at it?')).toEqual(['u1', 'u2']);
  });

  it('names nobody by a first name that two share', () => {
    expect(ids('Alex will do it')).toEqual([]);
    expect(ids('Alex Park will do it')).toEqual(['u3']);
  });

  it('does not find a name inside another word', () => {
    expect(ids('the Danasoft release')).toEqual([]);
    expect(ids('민준공 시험')).toEqual([]);
  });

  it('turns a speaker label into a participant, or keeps the label', () => {
    expect(people.speaker('dana lee')).toEqual({ id: 'u2', name: 'Dana Lee' });
    expect(people.speaker('u3')).toEqual({ id: 'u3', name: 'Alex Park' });
    expect(people.speaker('Speaker 4')).toEqual({ name: 'Speaker 4' });
    expect(people.speaker('')).toBeUndefined();
  });
});
