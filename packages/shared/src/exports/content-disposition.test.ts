import { describe, expect, it } from 'vitest';
import { attachment, safeFileName } from './content-disposition.ts';

describe('safeFileName', () => {
  it.each([
    ['Release sync – minutes', 'Release sync – minutes.md'],
    ['회의록 3월', '회의록 3월.md'],
    ['../../etc/passwd', 'etc passwd.md'],
    ['a\r\nset-cookie: x', 'a set-cookie x.md'],
    ['report\u202Excod', 'report xcod.md'],
    ['C:\\x|y?*"<z>', 'C x y z.md'],
    ['...', 'hoerok.md'],
    ['', 'hoerok.md'],
    ['x'.repeat(500), `${'x'.repeat(120)}.md`],
    ['half \uD800', 'half \uFFFD.md'],
  ])('makes of %j a name', (text, name) => {
    expect(safeFileName(text, 'md')).toBe(name);
  });
});

describe('attachment', () => {
  it('names the file in ASCII for old clients and in UTF-8 for all others', () => {
    expect(attachment('회의 (1)\'s "x" 100%.md')).toBe(
      `attachment; filename="__ (1)'s _x_ 100_.md"; filename*=UTF-8''%ED%9A%8C%EC%9D%98%20%281%29%27s%20%22x%22%20100%25.md`,
    );
  });
});
