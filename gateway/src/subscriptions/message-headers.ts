import type { Messaging } from '@hoerok/shared/messaging';

type Subscribe = Messaging['connection']['subscribe'];
type Receive = NonNullable<NonNullable<Parameters<Subscribe>[1]>['callback']>;
/** A message that has come over a connection to NATS. Its own size is not among its types: subject, reply, headers and body. */
export type LiveMessage = Parameters<Receive>[1] & { readonly size?: () => number };

const VERSION = 'NATS/1.0';
const LINE_END = '\r\n';

/**
 * Reads headers of a message; the first value of each, '' for one that it does not have. Names are matched to the letter.
 *
 * The library spells every header name anew and compares it with all that came before it, which costs more than all else that
 * is done with a small event. The headers lie right before the body in one buffer, so they are read where they are; where they
 * are not, the library reads them.
 */
export function headersOf(message: LiveMessage): (name: string) => string {
  const text = rawHeadersOf(message);
  if (text === null) return (name) => message.headers?.get(name) ?? '';
  return (name) => {
    const line = text.indexOf(`${LINE_END}${name}:`);
    if (line < 0) return '';
    const begin = line + LINE_END.length + name.length + 1;
    return text.slice(begin, text.indexOf(LINE_END, begin)).trim();
  };
}

function rawHeadersOf(message: LiveMessage): string | null {
  const { data, subject, reply = '' } = message;
  // Subjects and inboxes are ASCII; of one that is not the text below does not begin as headers do.
  const length = (message.size?.() ?? 0) - subject.length - reply.length - data.byteLength;
  const begin = data.byteOffset - length;
  if (length <= 0 || begin < 0) return null;
  const text = Buffer.from(data.buffer, begin, length).toString('utf8');
  return text.startsWith(VERSION) && text.endsWith(`${LINE_END}${LINE_END}`) ? text : null;
}
