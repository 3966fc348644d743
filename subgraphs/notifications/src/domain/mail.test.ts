import { describe, expect, it } from 'vitest';
import { linkTo } from './links.ts';
import { composeMail, oneLine } from './mail.ts';
import { composeSms } from './sms-text.ts';

const entry = {
  title: '‘주간 회의’에 초대되었습니다',
  body: '내일',
  link: 'https://hoerok.example.com/meetings/1',
};
const mail = {
  language: 'ko',
  digest: false,
  more: 0,
  unsubscribeUrl: 'https://n.example.com/u?a=1&b=2',
} as const;

describe('composeMail', () => {
  it('says the same as text and as HTML', () => {
    const { subject, text, html } = composeMail({ ...mail, entries: [entry] });
    expect(subject).toBe(entry.title);
    for (const part of [entry.title, entry.body, entry.link]) {
      expect(text).toContain(part);
      expect(html).toContain(part);
    }
    expect(text).toContain(mail.unsubscribeUrl);
    expect(html).toContain('href="https://n.example.com/u?a=1&amp;b=2"');
  });

  it('counts what a digest holds, and what it does not show', () => {
    const subjectOf = (more: number, language: 'en' | 'ko'): string =>
      composeMail({ ...mail, language, digest: true, more, entries: [entry] }).subject;
    expect([subjectOf(0, 'en'), subjectOf(4, 'en'), subjectOf(4, 'ko')]).toEqual([
      '1 update from Hoerok',
      '5 updates from Hoerok',
      '회록 알림 5건',
    ]);
    expect(composeMail({ ...mail, digest: true, more: 4, entries: [entry] }).text).toContain('이 밖에 4건');
  });

  it('keeps what people wrote out of the head and out of the markup', () => {
    const title = "A\r\nBcc: x@example.com\u2028\u0000<b onclick='x'>\"";
    const { subject, html } = composeMail({ ...mail, entries: [{ ...entry, title, link: '"><script>' }] });
    expect(subject).toBe("A Bcc: x@example.com <b onclick='x'>\"");
    expect(html).not.toMatch(/<b |<script|onclick='/);
  });

  it('makes one line of any text', () => {
    expect(oneLine('\n a\r\n\tb\u2029c\u0085 ')).toBe('a b c');
  });
});

describe('composeSms', () => {
  it('is short, whatever the title is', () => {
    const meetingTitle = '👩‍👩‍👧'.repeat(200);
    const text = composeSms('MEETING_ENDED', { meetingTitle }, { language: 'ko', link: null });
    expect([...new Intl.Segmenter().segment(text)].length).toBeLessThan(80);
    expect(text.isWellFormed()).toBe(true);
  });
});

it('links to the page of what a notification is about', () => {
  const base = 'https://hoerok.example.com/';
  const to = (type: 'Meeting' | 'Transcript' | 'Minutes' | 'Todo', meetingId: string | null): string | null =>
    linkTo(base, { subject: { __typename: type, id: 'a/b' }, meetingId });
  expect(to('Meeting', 'm')).toBe('https://hoerok.example.com/meetings/a%2Fb');
  expect(to('Transcript', 'm')).toBe('https://hoerok.example.com/meetings/m#transcript');
  expect(to('Minutes', 'm')).toBe('https://hoerok.example.com/meetings/m#minutes');
  expect(to('Todo', 'm')).toBe('https://hoerok.example.com/todos/a%2Fb');
  expect(linkTo(base, { subject: null, meetingId: null })).toBe('https://hoerok.example.com/notifications');
  expect(linkTo(null, { subject: null, meetingId: 'm' })).toBeNull();
});
