import { hash } from 'node:crypto';
import { inWorkspace } from '@hoerok/shared/database';
import type { HttpHandler, HttpReply } from '@hoerok/shared/http';
import { KIND_NAMES } from '../domain/kind-names.ts';
import { escapeHtml } from '../domain/mail.ts';
import type { Language } from '../domain/notification-kind.ts';
import type { SetPreferences } from '../services/set-preferences.ts';
import { type Stopped, UNSUBSCRIBE_PATH, type UnsubscribeLinks } from '../services/unsubscribe-links.ts';

/**
 * Stops e-mails without a sign-in. A GET shows a page with a button, for programs that look into mails follow every link; a
 * POST does it, from that page or by the button of a mail program (RFC 8058). Repeating it changes nothing.
 */
export function unsubscribeRoute(deps: {
  readonly links: UnsubscribeLinks;
  readonly preferences: Pick<SetPreferences, 'stopEmail'>;
}): HttpHandler {
  return async (request) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const token = url.searchParams.get('token') ?? '';
    const stopped = deps.links.read(token);
    // Nothing in the body says anything: it is taken and dropped.
    request.resume();
    if (stopped === null)
      return page(404, { en: 'This link is not valid.', ko: '유효하지 않은 링크입니다.' });
    const { en, ko } = mailsOf(stopped);
    if (request.method === 'POST') {
      await inWorkspace(stopped.workspaceId, () => deps.preferences.stopEmail(stopped));
      return page(200, {
        en: `You will get no more ${en}. Your notification settings in Hoerok bring them back.`,
        ko: `더 이상 ${ko}을 보내지 않습니다. 회록의 알림 설정에서 다시 받을 수 있습니다.`,
      });
    }
    if (request.method !== 'GET') return { status: 405, headers: { allow: 'GET, POST' } };
    return page(
      200,
      { en: `Stop ${en}?`, ko: `${ko}을 그만 받으시겠습니까?` },
      `<form method="post" action="${UNSUBSCRIBE_PATH}?token=${encodeURIComponent(token)}">` +
        '<button>Stop / 그만 받기</button></form>',
    );
  };
}

type Words = Readonly<Record<Language, string>>;

/** What the link stops, in words. */
function mailsOf({ kind }: Stopped): Words {
  if (kind === null) return { en: 'e-mails from Hoerok', ko: '회록의 모든 메일' };
  return { en: `e-mails about ${KIND_NAMES[kind].en}`, ko: `${KIND_NAMES[kind].ko} 메일` };
}

const STYLE =
  'body{max-width:34em;margin:15vh auto;padding:0 1em;font:18px/1.5 sans-serif}button{font:inherit}';
const STYLE_HASH = hash('sha256', STYLE, 'base64');

function page(status: number, { en, ko }: Words, form = ''): HttpReply {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; frame-ancestors 'none'`,
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    },
    body:
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
      `<title>Hoerok</title><style>${STYLE}</style></head>` +
      `<body><p>${escapeHtml(en)}</p><p lang="ko">${escapeHtml(ko)}</p>${form}</body></html>\n`,
  };
}
