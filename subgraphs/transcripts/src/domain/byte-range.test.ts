import { describe, expect, it } from 'vitest';
import { readContentRange, readRange } from './byte-range.ts';

describe('the place of a part that is sent', () => {
  it.each([
    ['bytes 0-499/1234', { start: 0, end: 499, total: 1234 }],
    ['bytes 500-500/*', { start: 500, end: 500, total: null }],
  ])('is read: %s', (header, range) => {
    expect(readContentRange(header)).toEqual(range);
  });
  it.each([
    'bytes 5-4/10',
    'bytes 0-10/10',
    'bytes */10',
    'items 0-1/2',
    'bytes 0-99999999999999999999/*',
    '',
  ])('is not guessed: %s', (header) => {
    expect(readContentRange(header)).toBeNull();
  });
});

describe('the part of a file that is asked for', () => {
  it.each([
    ['bytes=0-4', { start: 0, end: 4 }],
    ['bytes=6-', { start: 6, end: 9 }],
    ['bytes=6-100', { start: 6, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-30', { start: 0, end: 9 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=4-2', null],
    ['bytes=0-1,3-4', null],
    ['lines=0-1', null],
    ['bytes=-', null],
    [undefined, null],
  ])('of ten bytes: %s', (header, range) => {
    expect(readRange(header, 10)).toEqual(range);
  });
});
