import type { Language, Text } from './notification-kind.ts';

/** One thing that a mail tells of. */
export interface MailEntry extends Text {
  /** Null without a web application to link to. */
  readonly link: string | null;
}

/** What goes into a mail. */
export interface MailContent {
  readonly language: Language;
  readonly entries: readonly [MailEntry, ...MailEntry[]];
  /** True for the daily digest, also when it holds one entry. */
  readonly digest: boolean;
  /** Things beyond the entries that are not shown. */
  readonly more: number;
  /** Where to stop such mails; null in the invitation of somebody without an account, which comes once. */
  readonly unsubscribeUrl: string | null;
}

/** A mail in both of its forms. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const WORDS = {
  en: {
    open: 'Open in Hoerok',
    digest: (count: number) => `${count} ${count === 1 ? 'update' : 'updates'} from Hoerok`,
    more: (count: number) => `And ${count} more in the app.`,
    reason: 'You get this because of your notification settings in Hoerok.',
    invited: 'You get this because somebody shared a meeting with you in Hoerok.',
    unsubscribe: 'Stop these e-mails',
  },
  ko: {
    open: '회록에서 열기',
    digest: (count: number) => `회록 알림 ${count}건`,
    more: (count: number) => `이 밖에 ${count}건은 앱에서 볼 수 있습니다.`,
    reason: '회록의 알림 설정에 따라 보내 드리는 메일입니다.',
    invited: '회록에서 회의를 공유받은 분께 보내 드리는 메일입니다.',
    unsubscribe: '이런 메일 그만 받기',
  },
} as const;

/** Writes a mail. Whatever people have written is data in it: no line of the head, no markup. */
export function composeMail(content: MailContent): Mail {
  const { entries, digest, language, more } = content;
  const title = oneLine(digest ? WORDS[language].digest(entries.length + more) : entries[0].title);
  return { subject: title, text: textOf(content), html: htmlOf(content, title) };
}

/** Text without line ends and other control characters, so that it can stand in one line of a head. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

function textOf({ language, entries, more, unsubscribeUrl }: MailContent): string {
  const words = WORDS[language];
  const parts = entries.map(({ title, body, link }) =>
    [oneLine(title), body, ...(link === null ? [] : [link])].join('\n'),
  );
  if (more > 0) parts.push(words.more(more));
  const stop = unsubscribeUrl === null ? '' : `\n${words.unsubscribe}: ${unsubscribeUrl}`;
  return `${[...parts, `-- \n${unsubscribeUrl === null ? words.invited : words.reason}${stop}`].join('\n\n')}\n`;
}

function htmlOf({ language, entries, more, unsubscribeUrl }: MailContent, title: string): string {
  const words = WORDS[language];
  const body = entries.map((entry) => entryHtml(entry, words.open)).join('');
  const rest = more > 0 ? `<p>${escapeHtml(words.more(more))}</p>` : '';
  const stop =
    unsubscribeUrl === null
      ? ''
      : ` <a href="${escapeHtml(unsubscribeUrl)}" style="color:#555">${escapeHtml(words.unsubscribe)}</a>`;
  return (
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title></head>` +
    '<body style="margin:0;padding:24px;background:#fff;color:#1a1a1a;font:16px/1.5 sans-serif">' +
    `<div style="max-width:560px;margin:0 auto">${body}${rest}` +
    `<p style="color:#555;font-size:13px">${escapeHtml(unsubscribeUrl === null ? words.invited : words.reason)}${stop}</p></div></body></html>\n`
  );
}

function entryHtml({ title, body, link }: MailEntry, open: string): string {
  const button = link === null ? '' : `<p><a href="${escapeHtml(link)}">${escapeHtml(open)}</a></p>`;
  return (
    `<h1 style="font-size:18px;margin:0 0 8px">${escapeHtml(oneLine(title))}</h1>` +
    `<p style="margin:0 0 8px;white-space:pre-line">${escapeHtml(body)}</p>${button}`
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it stands in HTML, in an element as in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
