import { expect, it } from 'vitest';
import { createSecretBox } from './secret-box.ts';

const OLD = 'an-old-key-of-more-than-32-characters';
const NEW = 'a-new-key-of-more-than-32-characters!';

it('opens what it sealed, for the same owner only', () => {
  const box = createSecretBox([OLD]);
  const sealed = box.seal('whsec_secret', 'endpoint-1');
  expect(sealed).not.toContain('secret');
  expect(box.seal('whsec_secret', 'endpoint-1')).not.toBe(sealed);
  expect(box.open(sealed, 'endpoint-1')).toBe('whsec_secret');
  expect(box.open(sealed, 'endpoint-2')).toBeNull();
});

it('opens with a key that is being replaced, and not once that is gone', () => {
  const sealed = createSecretBox([OLD]).seal('secret', 'a');
  expect(createSecretBox([NEW, OLD]).open(sealed, 'a')).toBe('secret');
  expect(createSecretBox([NEW]).open(sealed, 'a')).toBeNull();
});

it('opens nothing that was changed or is not its own', () => {
  const box = createSecretBox([OLD]);
  const sealed = box.seal('secret', 'a');
  const changed = `${sealed.slice(0, -2)}${sealed.endsWith('A') ? 'B' : 'A'}A`;
  for (const wrong of [changed, '', 'v1', 'v1.a.b.c', 'secret'])
    expect(box.open(wrong, 'a'), wrong).toBeNull();
});
