import { expect, it } from 'vitest';
import type { Viewer } from '../auth/index.ts';
import { openSpan, readSpan } from './statistics-span.ts';

const viewer = (role: 'ADMIN' | 'MANAGER' | 'MEMBER', workspaceId = 'w'): Viewer => {
  return { kind: 'user', userId: 'u', workspaceId, role, sessionId: 's' };
};
const march = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-04-01T00:00:00Z') };

it('is read back from its id by who sees the whole workspace, and by nobody of another one', () => {
  const span = openSpan(viewer('MANAGER'), march);
  expect(readSpan(viewer('ADMIN'), span.id)).toEqual({ ...march, id: span.id, workspaceId: 'w' });
  expect(readSpan(viewer('ADMIN', 'other'), span.id)).toBeNull();
  expect(() => readSpan(viewer('MEMBER'), span.id)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
});

it.each(['', 'x', '%%%', Buffer.from('["w",1,2]').toString('base64url')])(
  'is nothing behind the id %j',
  (id) => {
    expect(readSpan(viewer('ADMIN'), id)).toBeNull();
  },
);

it('has an end after its beginning, and is not longer than five years', () => {
  for (const to of [march.from, new Date('2025-01-01'), new Date('2040-01-01'), new Date(Number.NaN)])
    expect(() => openSpan(viewer('ADMIN'), { ...march, to })).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT' }),
    );
  expect(() => openSpan(viewer('MEMBER'), march)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
});
