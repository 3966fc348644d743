import { keepDays, serviceEnvironment } from '@hoerok/shared/config';
import { z } from 'zod';

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((value) => value === 'true');

/** The environment of the notifications service. */
export const environment = serviceEnvironment
  .extend({
    /** Address of the web application, for links in messages. @default messages have no links */
    APP_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** Where people reach this service to stop e-mails. @default the service's own http://HOST:PORT */
    PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** `smtp://user:password@host:port` or `smtps://...`. Without it and SMTP_HOST e-mail goes to SPOOL_DIR. */
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    SMTP_HOST: z.string().min(1).optional(),
    /** @default 465 with SMTP_SECURE=true, else 587 */
    SMTP_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
    SMTP_USER: z.string().min(1).optional(),
    SMTP_PASSWORD: z.string().min(1).optional(),
    /**
     * `true`: TLS from the start; `starttls`: not without it; `false`: STARTTLS where the server offers it.
     * @default `starttls` when there is a user, else `false`; for an SMTP_URL by its scheme
     */
    SMTP_SECURE: z.enum(['true', 'starttls', 'false']).optional(),
    /** Sender of e-mails, `name@host` or `Name <name@host>`. */
    MAIL_FROM: z
      .string()
      .regex(/^[^\r\n<>@]*<?[^\s<>@]+@[^\s<>@]+>?$/, 'takes name@host or Name <name@host>')
      .default('Hoerok <no-reply@hoerok.invalid>'),
    /** Takes SMS as signed JSON; see docs/notifications.md. Without it they go to SPOOL_DIR. */
    SMS_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** Signs them; at least 32 characters, needed with SMS_URL. */
    SMS_SECRET: z.string().min(32, 'needs at least 32 characters').optional(),
    /** Folder for messages that no provider takes; shared by all replicas. */
    SPOOL_DIR: z.string().min(1).default('.hoerok/spool'),
    /**
     * Comma-separated keys of at least 32 characters that encrypt the secrets of webhooks and sign the links that stop
     * e-mails; the first encrypts and signs, all decrypt and verify. @default INTERNAL_SIGNING_KEYS
     */
    NOTIFICATION_KEYS: z
      .string()
      .transform((keys) => keys.split(',').map((key) => key.trim()))
      .pipe(z.array(z.string().min(32, 'each key needs at least 32 characters')).min(1))
      .optional(),
    /** `true` lets webhooks go to http, other ports and the intranet. */
    WEBHOOK_ALLOW_PRIVATE: flag,
    /** Deliveries that have ended. */
    DELIVERIES_KEEP_DAYS: keepDays(30, 90),
    /** Notifications that were read. */
    NOTIFICATIONS_READ_KEEP_DAYS: keepDays(30, 180),
    /** All others. */
    NOTIFICATIONS_KEEP_DAYS: keepDays(30, 400),
  })
  .refine(({ SMS_URL, SMS_SECRET }) => SMS_URL === undefined || SMS_SECRET !== undefined, {
    path: ['SMS_SECRET'],
    message: 'is needed with SMS_URL',
  })
  .refine(({ SMTP_USER, SMTP_PASSWORD }) => (SMTP_USER === undefined) === (SMTP_PASSWORD === undefined), {
    path: ['SMTP_PASSWORD'],
    message: 'belongs to SMTP_USER: give both or none',
  });

export type NotificationsConfig = z.output<typeof environment>;
