import { nextFireAt } from '@hoerok/shared/tasks';
import { isQuiet, type QuietHours } from '../domain/preferences.ts';

const DIGEST_TIME = '08:00';

/** An instant and its day by the clock of a person. */
export interface LocalTime {
  readonly at: Date;
  /** `YYYY-MM-DD`. */
  readonly day: string;
}

/** When the next daily digest of a person is due: at 08:00 by their clock, after `now`. */
export function nextDigest(timeZone: string, now: Date): LocalTime {
  const at = nextAt(DIGEST_TIME, zoneOf(timeZone), now);
  const format = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: zoneOf(timeZone) });
  return { at, day: format.format(at) };
}

/** When the quiet hours that `now` lies in are over; null when it lies in none. */
export function endOfQuiet(quietHours: QuietHours | null, timeZone: string, now: Date): Date | null {
  if (quietHours === null) return null;
  const zone = zoneOf(timeZone);
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  });
  return isQuiet(quietHours, clock.format(now)) ? nextAt(quietHours.to, zone, now) : null;
}

function nextAt(time: string, timeZone: string, after: Date): Date {
  const [hour, minute] = time.split(':').map(Number);
  return nextFireAt({ id: `at ${time}`, cron: `${minute} ${hour} * * *`, timeZone }, after);
}

/** A zone that this runtime does not know must not keep a message for ever. */
function zoneOf(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
