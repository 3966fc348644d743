import { createOutboundClient, type OutboundClient, type Reach } from '@hoerok/shared/outbound';
import type { Platform } from '@hoerok/shared/service';
import type { NotificationsConfig } from './config.ts';
import {
  createSmtpMailer,
  createSpoolingMailer,
  type Mailer,
  type SmtpSettings,
} from './providers/mailer.ts';
import { createHttpSmsSender, createSpoolingSmsSender, type SmsSender } from './providers/sms-sender.ts';
import type { SecretBox } from './providers/secret-box.ts';
import type { Spool } from './providers/spool.ts';
import { createWebhookCaller } from './providers/webhook-caller.ts';
import type { Addressees } from './services/addressees.ts';
import { prepareWebhooks } from './services/call-endpoint.ts';
import { type Courier, type Lane, startCourier } from './services/courier.ts';
import { createDisableEndpoint } from './services/disable-endpoint.ts';
import { prepareMail } from './services/send-invitation.ts';
import { createSendMail } from './services/send-mail.ts';
import { createSendSms } from './services/send-sms.ts';
import { createSettle } from './services/settle-delivery.ts';
import { preparePersonal } from './services/tell-person.ts';
import type { UnsubscribeLinks } from './services/unsubscribe-links.ts';

/** What {@link startSending} needs. */
export interface SendingDeps {
  readonly platform: Platform<NotificationsConfig>;
  readonly addressees: Addressees;
  readonly links: UnsubscribeLinks;
  readonly secrets: SecretBox;
  readonly spool: Spool;
  readonly clock: () => Date;
}

/** Opens the ways out and sends what waits, until it is stopped. */
export function startSending(deps: SendingDeps): Courier {
  const { platform, addressees, spool, clock } = deps;
  const { config, dataSource, transact, logger } = platform;
  const mailer = mailerOf(config, spool);
  const sms = createOutboundClient({ reach: 'PRIVATE' });
  const webhooks = createOutboundClient({ reach: reachOf(config) });
  const lanes = lanesOf(deps, {
    mailer,
    sender: smsSenderOf(config, { spool, clock, client: sms }),
    webhooks,
  });
  const disableEndpoint = createDisableEndpoint({ transact, addressees, clock });
  const settle = createSettle({ transact, clock, random: Math.random, spool, disableEndpoint, logger });
  const graceMs = config.SHUTDOWN_GRACE_SECONDS * 1_000;
  const courier = startCourier({ dataSource, logger, clock, lanes, settle, graceMs });
  return {
    stop: async () => {
      await courier.stop();
      mailer.close();
      await Promise.all([sms.close(), webhooks.close()]);
    },
  };
}

/** Where webhooks may go. */
export function reachOf({ WEBHOOK_ALLOW_PRIVATE }: NotificationsConfig): Reach {
  return WEBHOOK_ALLOW_PRIVATE ? 'PRIVATE' : 'PUBLIC';
}

function lanesOf(
  { platform, addressees, links, secrets, clock }: SendingDeps,
  ways: { readonly mailer: Mailer; readonly sender: SmsSender; readonly webhooks: OutboundClient },
): Lane[] {
  const { dataSource, config } = platform;
  const { mailer, sender, webhooks } = ways;
  const appUrl = config.APP_URL ?? null;
  const personal = { dataSource, addressees, clock };
  const sendMail = createSendMail({ dataSource, mailer, links, appUrl, clock });
  const call = createWebhookCaller({ client: webhooks, clock });
  return [
    {
      channel: 'EMAIL',
      // Twice what the mailer has connections: none waits there for longer than its lease.
      slots: 10,
      prepare: prepareMail(
        { dataSource, gateway: platform.gateway, mailer, clock },
        preparePersonal({ ...personal, provider: mailer.provider, send: sendMail }),
      ),
    },
    {
      channel: 'SMS',
      slots: 5,
      prepare: preparePersonal({
        ...personal,
        provider: sender.provider,
        send: createSendSms({ sender, appUrl, dataSource, clock }),
      }),
    },
    {
      channel: 'WEBHOOK',
      slots: 10,
      prepare: prepareWebhooks({ dataSource, call, secrets, appUrl, clock }),
    },
  ];
}

function mailerOf(config: NotificationsConfig, spool: Spool): Mailer {
  const settings = smtpSettingsOf(config);
  return settings === null
    ? createSpoolingMailer(spool, config.MAIL_FROM)
    : createSmtpMailer(settings, config.MAIL_FROM);
}

function smtpSettingsOf(config: NotificationsConfig): SmtpSettings | null {
  const { SMTP_URL, SMTP_HOST, SMTP_PORT, SMTP_USER = null, SMTP_PASSWORD = null, SMTP_SECURE } = config;
  const defaultPort = (secure: SmtpSettings['secure']): number => (secure === 'true' ? 465 : 587);
  if (SMTP_URL !== undefined) {
    const url = new URL(SMTP_URL);
    const user = url.username === '' ? SMTP_USER : decodeURIComponent(url.username);
    const password = url.username === '' ? SMTP_PASSWORD : decodeURIComponent(url.password);
    const secure = SMTP_SECURE ?? (url.protocol === 'smtps:' ? 'true' : user === null ? 'false' : 'starttls');
    const port = url.port === '' ? (SMTP_PORT ?? defaultPort(secure)) : Number(url.port);
    return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port, user, password, secure };
  }
  if (SMTP_HOST === undefined) return null;
  const secure = SMTP_SECURE ?? (SMTP_USER === null ? 'false' : 'starttls');
  const port = SMTP_PORT ?? defaultPort(secure);
  return { host: SMTP_HOST, port, user: SMTP_USER, password: SMTP_PASSWORD, secure };
}

function smsSenderOf(
  { SMS_URL: url, SMS_SECRET: secret }: NotificationsConfig,
  deps: { readonly spool: Spool; readonly clock: () => Date; readonly client: OutboundClient },
): SmsSender {
  const { spool, client, clock } = deps;
  if (url === undefined || secret === undefined) return createSpoolingSmsSender(spool);
  return createHttpSmsSender({ client, url, secret, clock });
}
