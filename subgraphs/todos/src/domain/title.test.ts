import { expect, it } from 'vitest';
import { MAX_TITLE_LENGTH, titleOf } from './title.ts';

it('takes a short text as the title', () => {
  expect(titleOf(' send the  draft\nto Minji ')).toEqual({
    title: 'send the draft to Minji',
    description: null,
  });
});

it('cuts a long text and keeps the whole as description', () => {
  const text = 'word '.repeat(100);
  const { title, description } = titleOf(text);
  expect(title.length).toBeLessThanOrEqual(MAX_TITLE_LENGTH);
  expect(title).toMatch(/word…$/);
  expect(description).toBe(text);
});

it('leaves no half character at the cut', () => {
  expect(titleOf(`${'a'.repeat(MAX_TITLE_LENGTH - 2)}🗒️${'b'.repeat(9)}`).title.isWellFormed()).toBe(true);
});
