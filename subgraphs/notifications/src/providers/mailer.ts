import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Outcome } from '../domain/attempts.ts';
import { oneLine, type Mail } from '../domain/mail.ts';
import type { Spool } from './spool.ts';

/** A mail to one person. */
export interface OutgoingMail extends Mail {
  /** The same for every attempt: it becomes the Message-ID. */
  readonly id: string;
  /** Nothing but an address. */
  readonly to: string;
  readonly unsubscribeUrl: string | null;
}

/** Sends e-mail, or keeps it. */
export interface Mailer {
  readonly provider: 'smtp' | 'spool';
  /** Never throws: what went wrong is an outcome, and holds no address. */
  readonly send: (mail: OutgoingMail) => Promise<Outcome>;
  readonly close: () => void;
}

/** Where mail goes; see config.ts. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  readonly user: string | null;
  readonly password: string | null;
  readonly secure: 'true' | 'starttls' | 'false';
}

/** Sends by SMTP over up to five kept connections. */
export function createSmtpMailer(settings: SmtpSettings, from: string): Mailer {
  const { host, port, user, password, secure } = settings;
  const transport = createTransport({
    pool: true,
    maxConnections: 5,
    host,
    port,
    secure: secure === 'true',
    requireTLS: secure === 'starttls',
    ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    // What a mail holds is text that we made: nothing in it may name a file or an address to be read.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    provider: 'smtp',
    send: async (mail) => {
      try {
        await transport.sendMail(optionsOf(mail, from));
        return { state: 'SENT', messageId: messageIdOf(mail, from) };
      } catch (error) {
        return failureOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/** Writes mail to files: one for mail programs, one for eyes. */
export function createSpoolingMailer(spool: Spool, from: string): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    provider: 'spool',
    send: async (mail) => {
      try {
        const { message } = await transport.sendMail({ ...optionsOf(mail, from), textEncoding: 'base64' });
        const readable = `To: ${mail.to}\nSubject: ${mail.subject}\n\n${mail.text}`;
        await spool.write(mail.id, { eml: message as Buffer, txt: readable });
        return { state: 'SPOOLED', messageId: messageIdOf(mail, from) };
      } catch {
        return { state: 'FAILED', error: 'SPOOL_NOT_WRITABLE', retryable: true };
      }
    },
    close: () => transport.close(),
  };
}

function optionsOf(
  { id, to, subject, text, html, unsubscribeUrl }: OutgoingMail,
  from: string,
): SendMailOptions {
  const messageId = messageIdOf({ id }, from);
  return {
    from,
    to: { name: '', address: to },
    // One recipient, whatever a parser of addresses may find in it.
    envelope: { from: addressIn(from), to: [to] },
    subject: oneLine(subject),
    text,
    html,
    messageId,
    headers: { 'Auto-Submitted': 'auto-generated', ...unsubscribeHeaders(unsubscribeUrl) },
  };
}

/** RFC 2369 and, where the address is https, RFC 8058. */
function unsubscribeHeaders(url: string | null): Record<string, string> {
  if (url === null) return {};
  const list = { 'List-Unsubscribe': `<${url}>` };
  return url.startsWith('https:') ? { ...list, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : list;
}

function messageIdOf({ id }: { readonly id: string }, from: string): string {
  return `<${id}@${addressIn(from).split('@')[1] ?? 'hoerok.invalid'}>`;
}

function addressIn(from: string): string {
  return /<([^<>]+)>$/.exec(from)?.[1] ?? from;
}

/** By RFC 5321 an answer from 500 on is final. That we are not let in is our own fault, and may be mended meanwhile. */
function failureOf(error: unknown): Outcome {
  const { code, responseCode } = error as { readonly code?: unknown; readonly responseCode?: unknown };
  const known = typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : 'SMTP';
  if (typeof responseCode !== 'number') return { state: 'FAILED', error: known, retryable: true };
  const retryable = responseCode < 500 || code === 'EAUTH';
  return { state: 'FAILED', error: `${known} ${responseCode}`, retryable };
}
