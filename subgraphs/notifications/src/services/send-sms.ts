import type { DataSource } from 'typeorm';
import { linkTo } from '../domain/links.ts';
import { composeSms } from '../domain/sms-text.ts';
import type { SmsSender } from '../providers/sms-sender.ts';
import { stillReadable, unreadable } from './still-readable.ts';
import { languageOf, type SendToPerson } from './tell-person.ts';

/** Sends one notification by SMS. */
export function createSendSms(deps: {
  readonly sender: SmsSender;
  /** Of the web application. */
  readonly appUrl: string | null;
  readonly dataSource: DataSource;
  readonly clock: () => Date;
}): SendToPerson {
  const { provider } = deps.sender;
  return async (message) => {
    const { notification, preferences, delivery } = message;
    if (preferences.phone === null || notification === null)
      return { provider, outcome: { state: 'SUPPRESSED', error: 'NO_ADDRESS' } };
    const about = { notifications: [notification], now: deps.clock() };
    if ((await stillReadable(deps.dataSource.manager, message, about)).length === 0)
      return { provider, outcome: unreadable(delivery, about.now) };
    const { kind, parameters, meetingId, subjectType, subjectId } = notification;
    const subject =
      subjectType === null || subjectId === null ? null : { __typename: subjectType, id: subjectId };
    const link = linkTo(deps.appUrl, { subject, meetingId });
    const text = composeSms(kind, parameters, { language: languageOf(message), link });
    return { provider, outcome: await deps.sender.send({ id: delivery.id, to: preferences.phone, text }) };
  };
}
