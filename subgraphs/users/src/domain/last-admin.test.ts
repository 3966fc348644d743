import { describe, expect, it } from 'vitest';
import { requireAdminLeft } from './last-admin.ts';

const admin = { role: 'ADMIN', active: true } as const;
const member = { role: 'MEMBER', active: true } as const;

describe('a workspace', () => {
  it('does not lose its last acting ADMIN', () => {
    expect(() => requireAdminLeft({ before: admin, after: member, adminCount: 1 })).toThrow(/last ADMIN/);
    expect(() =>
      requireAdminLeft({ before: admin, after: { ...admin, active: false }, adminCount: 1 }),
    ).toThrow(/last ADMIN/);
  });

  it('may lose one of two, and anybody else', () => {
    expect(() => requireAdminLeft({ before: admin, after: member, adminCount: 2 })).not.toThrow();
    const gone = { ...member, active: false };
    expect(() => requireAdminLeft({ before: member, after: gone, adminCount: 1 })).not.toThrow();
  });
});
