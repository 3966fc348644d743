import { oneLine } from './mail.ts';
import { writeMessage } from './messages.ts';
import type { Language, NotificationKind, ParametersByKind } from './notification-kind.ts';

const MAX_TITLE = 70;

/** Of these the title holds words of the minutes, which do not go out as plain text over telephone networks. */
const WITHOUT_TITLE: Readonly<Partial<Record<NotificationKind, Readonly<Record<Language, string>>>>> = {
  TODO_ASSIGNED: { en: 'You have a new todo', ko: '새로운 할 일이 있습니다' },
  TODO_STATUS_CHANGED: { en: 'A todo of yours has changed', ko: '할 일의 상태가 바뀌었습니다' },
  TODO_COMPLETED: { en: 'A todo is done', ko: '할 일이 완료되었습니다' },
  TODO_DUE: { en: 'A todo of yours is due', ko: '기한이 다가왔거나 지난 할 일이 있습니다' },
};

/** One short line and a link: what has happened, nothing of what was said or decided. */
export function composeSms<K extends NotificationKind>(
  kind: K,
  parameters: ParametersByKind[K],
  { language, link }: { readonly language: Language; readonly link: string | null },
): string {
  const text = WITHOUT_TITLE[kind]?.[language] ?? writeMessage(kind, parameters, language).title;
  const characters = Array.from(new Intl.Segmenter().segment(oneLine(text)), ({ segment }) => segment);
  const short =
    characters.length > MAX_TITLE ? `${characters.slice(0, MAX_TITLE - 1).join('')}…` : characters.join('');
  return `[${language === 'ko' ? '회록' : 'Hoerok'}] ${short}${link === null ? '' : ` ${link}`}`;
}
