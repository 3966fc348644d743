import type {
  AnalysisParticipant,
  AnalysisRequest,
  AnalysisSegment,
} from '../domain/analysis/draft-minutes.ts';
import type { SpokenMeeting, SpokenSegment } from './transcript-reader.ts';

/** A request for the local analysis, and what its answer must be read with. */
export interface PreparedAnalysis {
  readonly request: AnalysisRequest;
  /** The ids in the request that are users; the others stand for guests. */
  readonly userIds: ReadonlySet<string>;
}

/** Turns a transcript and its meeting into a request; `language` goes before the transcript's own. */
export function analysisRequest(spoken: SpokenMeeting, language: string | null): PreparedAnalysis {
  const { meeting } = spoken;
  const users = usersOf(spoken);
  const guests = meeting.participants.edges.flatMap(({ node }, index) =>
    node.user === null && node.displayName !== null
      ? [{ id: `guest:${index}`, name: node.displayName, aliases: [] }]
      : [],
  );
  return {
    userIds: new Set(users.map(({ id }) => id)),
    request: {
      title: meeting.title,
      startedAt: meeting.startedAt ?? meeting.scheduledStart,
      timeZone: meeting.timeZone,
      language: language ?? spoken.language,
      participants: [...users, ...guests],
      segments: spoken.segments.map(analysisSegment),
    },
  };
}

/** Organizer, participants and known speakers. A speaker's label is one more alias of the user behind it. */
function usersOf({ meeting, segments }: SpokenMeeting): AnalysisParticipant[] {
  const present = meeting.participants.edges.flatMap(({ node }) => (node.user === null ? [] : [node.user]));
  const users = new Map<string, AnalysisParticipant>(
    [meeting.organizer, ...present].map((user) => [user.id, user]),
  );
  for (const { speaker } of segments) {
    if (speaker?.user == null) continue;
    const { id } = speaker.user;
    const known = users.get(id) ?? { id, name: speaker.label, aliases: [] };
    if (known.name === speaker.label || known.aliases.includes(speaker.label)) users.set(id, known);
    else users.set(id, { ...known, aliases: [...known.aliases, speaker.label] });
  }
  return [...users.values()];
}

function analysisSegment({ id, startMs, endMs, text, speaker }: SpokenSegment): AnalysisSegment {
  return { id, startMs, endMs, text, speakerLabel: speaker?.label ?? '' };
}
