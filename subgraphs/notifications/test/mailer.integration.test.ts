import { afterEach, describe, expect, it } from 'vitest';
import { createSmtpMailer, type SmtpSettings } from '../src/providers/mailer.ts';
import type { Outcome } from '../src/domain/attempts.ts';
import { type MailServer, startMailServer } from './mail-server.ts';

const MAIL = {
  id: 'delivery-1',
  to: 'kim@example.com',
  subject: '회의록이 준비되었습니다',
  text: '본문',
  html: '<p>본문</p>',
  unsubscribeUrl: null,
};

describe('mail by SMTP', () => {
  const opened: MailServer[] = [];
  afterEach(async () => {
    for (const server of opened.splice(0)) await server[Symbol.asyncDispose]();
  });

  const serve = async (options: Parameters<typeof startMailServer>[0] = {}): Promise<MailServer> => {
    const server = await startMailServer(options);
    opened.push(server);
    return server;
  };
  const send = async (port: number, settings: Partial<SmtpSettings> = {}): Promise<Outcome> => {
    const plain = { host: '127.0.0.1', port, user: null, password: null, secure: 'false' } as const;
    const mailer = createSmtpMailer({ ...plain, ...settings }, 'Hoerok <no-reply@hoerok.example.com>');
    const outcome = await mailer.send(MAIL);
    mailer.close();
    return outcome;
  };

  it('sends nothing in the clear where TLS is asked for and the server has none', async () => {
    const server = await serve();
    expect(await send(server.port, { secure: 'starttls' })).toEqual({
      state: 'FAILED',
      error: expect.stringMatching(/^ETLS/),
      retryable: expect.any(Boolean),
    });
    expect(server.received).toEqual([]);
  });

  it('does not trust a server whose certificate nobody vouches for', async () => {
    // Without a certificate of its own smtp-server shows one that it carries for tests.
    const starttls = await serve({ disabledCommands: ['AUTH'] });
    expect(await send(starttls.port, { secure: 'starttls' })).toMatchObject({
      state: 'FAILED',
      retryable: true,
    });
    expect(await send(starttls.port, { secure: 'false' })).toMatchObject({
      state: 'FAILED',
      retryable: true,
    });
    const wrapped = await serve({ secure: true });
    expect(await send(wrapped.port, { secure: 'true' })).toMatchObject({ state: 'FAILED', retryable: true });
    expect([...starttls.received, ...wrapped.received]).toEqual([]);
  });

  it('signs in, and takes a refusal for something that an operator will mend', async () => {
    const server = await serve({
      disabledCommands: ['STARTTLS'],
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) => {
        if (username === 'mailer' && password === 'right') done(null, { user: 'mailer' });
        else done(new Error('Invalid user mailer or password wrong'));
      },
    });
    const wrong = await send(server.port, { user: 'mailer', password: 'wrong' });
    expect(wrong).toMatchObject({ state: 'FAILED', error: 'EAUTH 535', retryable: true });
    expect(await send(server.port, { user: 'mailer', password: 'right' })).toEqual({
      state: 'SENT',
      messageId: '<delivery-1@hoerok.example.com>',
    });
    expect(server.received.map(({ headers }) => headers.get('subject'))).toEqual([MAIL.subject]);
  });

  it('tries again when nobody listens', async () => {
    const server = await startMailServer();
    const { port } = server;
    await server[Symbol.asyncDispose]();
    expect(await send(port)).toMatchObject({ state: 'FAILED', error: 'ESOCKET', retryable: true });
  });

  it('tells apart a recipient that is refused for now and for ever', async () => {
    const refusing = (responseCode: number): Promise<MailServer> =>
      serve({
        onRcptTo: ({ address }, _session, done) =>
          done(Object.assign(new Error(`${address} is not here`), { responseCode })),
      });
    expect(await send((await refusing(450)).port)).toEqual({
      state: 'FAILED',
      error: 'EENVELOPE 450',
      retryable: true,
    });
    expect(await send((await refusing(550)).port)).toEqual({
      state: 'FAILED',
      error: 'EENVELOPE 550',
      retryable: false,
    });
  });
});
