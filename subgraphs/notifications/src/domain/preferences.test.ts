import { describe, expect, it } from 'vitest';
import { NOTIFICATION_KINDS } from './event-type.ts';
import { channelsFor, DEFAULT_PREFERENCES, isQuiet } from './preferences.ts';

describe('channelsFor', () => {
  it('tells everything in the app by default, and what asks for something by e-mail too', () => {
    for (const kind of NOTIFICATION_KINDS) expect(channelsFor(DEFAULT_PREFERENCES, kind)).toContain('IN_APP');
    expect(channelsFor(DEFAULT_PREFERENCES, 'TODO_DUE')).toEqual(['IN_APP', 'EMAIL']);
    expect(channelsFor(DEFAULT_PREFERENCES, 'TODO_COMPLETED')).toEqual(['IN_APP']);
  });

  it('takes what somebody chose instead, also nothing', () => {
    const channels = { TODO_DUE: [], TODO_COMPLETED: ['SMS'] } as const;
    expect(channelsFor({ ...DEFAULT_PREFERENCES, channels }, 'TODO_DUE')).toEqual([]);
    expect(channelsFor({ ...DEFAULT_PREFERENCES, channels }, 'TODO_COMPLETED')).toEqual(['SMS']);
  });
});

it('takes quiet hours for a part of the day that may go over midnight', () => {
  const night = { from: '22:00', to: '07:30' };
  const times = ['21:59', '22:00', '23:59', '00:00', '07:29', '07:30'];
  expect(times.map((time) => isQuiet(night, time))).toEqual([false, true, true, true, true, false]);
  expect(['11:59', '12:00', '13:00'].map((time) => isQuiet({ from: '12:00', to: '13:00' }, time))).toEqual([
    false,
    true,
    false,
  ]);
});
