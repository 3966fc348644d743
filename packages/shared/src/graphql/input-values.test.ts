import { describe, expect, it } from 'vitest';
import { languageTagInput, timeZoneInput } from './input-values.ts';

describe('a time zone in an input', () => {
  // What a browser calls the zone it is in depends on the age of its data.
  it.each([
    'Asia/Seoul',
    'UTC',
    'Etc/UTC',
    'Asia/Calcutta',
    'Asia/Kolkata',
    'Europe/Kyiv',
    'Asia/Ho_Chi_Minh',
    'America/Argentina/Buenos_Aires',
  ])('may be %s', (zone) => {
    expect(timeZoneInput.safeParse(zone).success).toBe(true);
  });

  it.each(['', 'Mars/Olympus', '+09:00', '-03', 'Asia/Seoul; DROP', 'A'.repeat(100)])(
    'may not be "%s"',
    (zone) => {
      expect(timeZoneInput.safeParse(zone).success).toBe(false);
    },
  );
});

it('a language in an input is a tag of a bounded length', () => {
  for (const tag of ['ko', 'en-GB', 'mul', 'zh-Hant-TW'])
    expect(languageTagInput.safeParse(tag).success).toBe(true);
  for (const tag of ['', 'Korean!', 'KO', 'k', `ko${'-abcdefgh'.repeat(4)}`])
    expect(languageTagInput.safeParse(tag).success).toBe(false);
});
