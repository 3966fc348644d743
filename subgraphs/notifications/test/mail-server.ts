import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as it came in. */
export interface ReceivedMail {
  readonly to: readonly string[];
  readonly from: string;
  readonly raw: string;
  /** In lower case, the last of a name; encoded words are decoded. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly html: string;
}

/** A real SMTP server that keeps what it takes. */
export interface MailServer extends AsyncDisposable {
  readonly port: number;
  readonly received: ReceivedMail[];
  /** Answers to the next mails, in order: a status refuses, null takes, HANG takes and never says so. */
  readonly refusals: (number | 'HANG' | null)[];
}

/** Listens on a free port of this machine. @default without TLS, whoever comes may send */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const refusals: (number | 'HANG' | null)[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    ...options,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        const status = refusals.shift() ?? null;
        if (typeof status === 'number') {
          done(Object.assign(new Error('secret@example.com is not wanted'), { responseCode: status }));
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        received.push(
          parseMail(
            Buffer.concat(chunks).toString('utf8'),
            from,
            rcptTo.map(({ address }) => address),
          ),
        );
        if (status !== 'HANG') done();
      });
    },
  });
  // A client that does not trust us goes away in the middle of a handshake.
  server.on('error', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    refusals,
    [Symbol.asyncDispose]: () => new Promise((closed) => server.close(() => closed())),
  };
}

/** Reads a mail of two alternatives. */
export function parseMail(raw: string, from: string, to: readonly string[]): ReceivedMail {
  const [head = '', ...rest] = raw.replaceAll('\r\n', '\n').split('\n\n');
  const headers = readHeaders(head);
  const boundary = /boundary="?([^"\n;]+)"?/.exec(headers.get('content-type') ?? '')?.[1] ?? '';
  const parts = rest.join('\n\n').split(`--${boundary}`);
  const part = (type: string): string => {
    const found = parts.find((one) => one.toLowerCase().includes(`content-type: ${type}`)) ?? '';
    const [partHead = '', ...body] = found.trimStart().split('\n\n');
    return decodeBody(body.join('\n\n'), readHeaders(partHead).get('content-transfer-encoding') ?? '');
  };
  return { to, from, raw, headers, text: part('text/plain'), html: part('text/html') };
}

function readHeaders(head: string): Map<string, string> {
  const lines = head.replace(/\n[ \t]+/g, ' ').split('\n');
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim())];
    }),
  );
}

function decodeWords(value: string): string {
  return value
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_all, how: string, word: string) =>
      how.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('utf8')
        : decodeQuotedPrintable(word.replaceAll('_', ' ')),
    );
}

function decodeBody(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  return encoding === 'quoted-printable' ? decodeQuotedPrintable(body) : body;
}

function decodeQuotedPrintable(text: string): string {
  const bytes = text
    .replaceAll('=\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
