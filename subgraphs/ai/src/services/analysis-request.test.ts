import { describe, expect, it } from 'vitest';
import { analysisRequest } from './analysis-request.ts';
import type { SpokenMeeting } from './transcript-reader.ts';

const kim = { id: 'u1', name: '김민준', aliases: ['Minjun'] };
const segment = { startMs: 0, endMs: 900, text: '네.', revision: 1 };

const spoken: SpokenMeeting = {
  revision: 3,
  language: 'ko',
  meeting: {
    id: 'm1',
    title: 'Sync',
    startedAt: null,
    scheduledStart: '2026-03-04T01:00:00.000Z',
    autoAcceptActionItems: false,
    timeZone: 'Asia/Seoul',
    organizer: kim,
    participants: {
      edges: [
        { node: { displayName: null, user: kim } },
        { node: { displayName: 'Vendor', user: null } },
        { node: { displayName: null, user: null } },
      ],
    },
  },
  segments: [
    { ...segment, id: 's1', speaker: { label: 'Speaker 1', user: { id: 'u1' } } },
    { ...segment, id: 's2', speaker: { label: 'Late', user: { id: 'u9' } } },
    { ...segment, id: 's3', speaker: null },
  ],
};

describe('analysisRequest', () => {
  const { request, userIds } = analysisRequest(spoken, null);

  it('knows users by their names, aliases and speaker labels, guests by their names', () => {
    expect(request.participants).toEqual([
      { ...kim, aliases: ['Minjun', 'Speaker 1'] },
      { id: 'u9', name: 'Late', aliases: [] },
      { id: 'guest:1', name: 'Vendor', aliases: [] },
    ]);
  });

  it('tells users from guests', () => {
    expect([...userIds]).toEqual(['u1', 'u9']);
  });

  it('reads dates from the planned start when nobody started the meeting', () => {
    expect(request.startedAt).toBe('2026-03-04T01:00:00.000Z');
  });

  it('takes the language that was asked for, else that of the transcript', () => {
    expect(request.language).toBe('ko');
    expect(analysisRequest(spoken, 'mul').request.language).toBe('mul');
  });

  it('keeps the text verbatim and leaves an unknown speaker without a label', () => {
    expect(request.segments[2]).toEqual({ id: 's3', startMs: 0, endMs: 900, text: '네.', speakerLabel: '' });
  });
});
