import type { HttpHandler, HttpReply } from '@hoerok/shared/http';
import { escapeHtml } from '../domain/mail.ts';
import type { SetPreferences } from '../services/set-preferences.ts';
import { UNSUBSCRIBE_PATH, type UnsubscribeLinks } from '../services/unsubscribe-links.ts';

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
    if (stopped === null) return page(404, 'This link is not valid. / 유효하지 않은 링크입니다.');
    if (request.method === 'POST') {
      await deps.preferences.stopEmail(stopped);
      return page(200, 'You will get no more of these e-mails. / 더 이상 이런 메일을 보내지 않습니다.');
    }
    if (request.method !== 'GET') return { status: 405, headers: { allow: 'GET, POST' } };
    return page(
      200,
      'Stop these e-mails? / 이런 메일을 그만 받으시겠습니까?',
      `<form method="post" action="${UNSUBSCRIBE_PATH}?token=${encodeURIComponent(token)}">` +
        '<button>Stop / 그만 받기</button></form>',
    );
  };
}

function page(status: number, text: string, form = ''): HttpReply {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    },
    body:
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
      `<title>Hoerok</title></head><body><p>${escapeHtml(text)}</p>${form}</body></html>\n`,
  };
}
