import { describe, expect, it } from 'vitest';
import { type Review, type Reviewable, reviewed } from './review.ts';

const AT = new Date('2026-03-05T00:00:00Z');
const LATER = new Date('2026-03-06T00:00:00Z');

const action: Reviewable = {
  kind: 'ACTION',
  text: 'I will send it.',
  origin: 'EXTRACTIVE_LOCAL',
  review: 'SUGGESTED',
  revision: 1,
  assigneeId: 'u1',
  assigneeName: 'Kim',
  dueAt: null,
  acceptedAt: null,
  title: null,
  startsAt: null,
  endsAt: null,
  allDay: null,
};
const review = (over: Partial<Review>): Review => ({
  review: 'ACCEPTED',
  text: undefined,
  assignee: undefined,
  dueAt: undefined,
  startsAt: undefined,
  endsAt: undefined,
  expectedRevision: undefined,
  ...over,
});
const codeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('reviewed', () => {
  it('accepts an action item with its suggestion', () => {
    expect(reviewed(action, review({}), AT)).toEqual({
      ...action,
      review: 'ACCEPTED',
      revision: 2,
      acceptedAt: AT,
    });
  });

  it('changes nothing when repeated, whatever revision it is based on', () => {
    const once = reviewed(action, review({}), AT) ?? action;
    expect(reviewed(once, review({ expectedRevision: 1 }), LATER)).toBeNull();
  });

  it('takes assignee and due date from the person, nobody and none included', () => {
    const given = reviewed(action, review({ assignee: { id: 'u2', name: 'Lee' }, dueAt: LATER }), AT);
    expect(given).toMatchObject({ assigneeId: 'u2', assigneeName: 'Lee', dueAt: LATER });
    expect(reviewed(action, review({ assignee: null }), AT)).toMatchObject({
      assigneeId: null,
      assigneeName: null,
    });
  });

  it('makes the text a human one by editing, and keeps the time of the first acceptance', () => {
    const accepted = reviewed(action, review({}), AT) ?? action;
    const edited = reviewed(accepted, review({ review: 'EDITED', text: 'Send it.' }), LATER);
    expect(edited).toMatchObject({ text: 'Send it.', origin: 'HUMAN', review: 'EDITED', acceptedAt: AT });
  });

  it('accepts a decision without making it a todo, and lets it be rejected after', () => {
    const accepted = reviewed({ ...action, kind: 'DECISION' }, review({}), AT) ?? action;
    expect(accepted.acceptedAt).toBeNull();
    expect(reviewed(accepted, review({ review: 'REJECTED' }), AT)?.review).toBe('REJECTED');
  });

  it('keeps what has become a todo from being rejected or given to somebody else', () => {
    const accepted = reviewed(action, review({}), AT) ?? action;
    expect(codeOf(() => reviewed(accepted, review({ review: 'REJECTED' }), AT))).toBe('WRONG_STATE');
    expect(codeOf(() => reviewed(accepted, review({ assignee: null }), AT))).toBe('WRONG_STATE');
  });

  it('refuses a review of a revision that is gone', () => {
    expect(codeOf(() => reviewed(action, review({ expectedRevision: 0 }), AT))).toBe('CONFLICT');
  });

  it.each<[string, Reviewable, Partial<Review>]>([
    ['EDITED without a text', action, { review: 'EDITED' }],
    ['a text without EDITED', action, { text: 'Send it.' }],
    ['a due date of a decision', { ...action, kind: 'DECISION' }, { dueAt: AT }],
    ['an assignee of what is rejected', action, { review: 'REJECTED', assignee: { id: 'u2', name: 'Lee' } }],
  ])('refuses %s', (_, item, over) => {
    expect(codeOf(() => reviewed(item, review(over), AT))).toBe('BAD_INPUT');
  });

  const appointment: Reviewable = {
    ...action,
    kind: 'SCHEDULE',
    assigneeId: null,
    assigneeName: null,
    title: 'Call',
    startsAt: AT,
    endsAt: LATER,
    allDay: false,
  };

  it('moves an appointment as long as it was, and gives one of a whole day a time but no end', () => {
    const later = new Date('2026-03-07T00:00:00Z');
    expect(reviewed(appointment, review({ startsAt: LATER }), AT)).toMatchObject({ endsAt: later });
    const day = { ...appointment, allDay: true };
    const timed = { startsAt: LATER, endsAt: null, allDay: false };
    expect(reviewed(day, review({ startsAt: LATER }), AT)).toMatchObject(timed);
    expect(codeOf(() => reviewed(day, review({ endsAt: later }), AT))).toBe('BAD_INPUT');
    expect(codeOf(() => reviewed(appointment, review({ startsAt: LATER, endsAt: LATER }), AT))).toBe(
      'BAD_INPUT',
    );
  });

  it('titles an appointment by the text of the person, and leaves its end open when that is wanted', () => {
    const edited = reviewed(appointment, review({ review: 'EDITED', text: 'Budget', endsAt: null }), AT);
    expect(edited).toMatchObject({
      title: 'Budget',
      text: 'Budget',
      startsAt: AT,
      endsAt: null,
      origin: 'HUMAN',
    });
  });
});
