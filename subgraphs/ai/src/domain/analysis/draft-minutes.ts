/** One stretch of speech as the transcript holds it. `text` is the verbatim text that quotes are cut from. */
export interface AnalysisSegment {
  readonly id: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  /** The speaker as the transcript labels them, `''` when unknown. */
  readonly speakerLabel: string;
}

/** A person who may own an action item. `id` is the caller's own id and comes back as `assigneeId`. */
export interface AnalysisParticipant {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

/** One meeting to analyze. Segments are in time order. */
export interface AnalysisRequest {
  readonly segments: readonly AnalysisSegment[];
  readonly title: string;
  /** ISO 8601 instant the meeting began; spoken dates ("by Friday") are read relative to it. */
  readonly startedAt: string;
  /** IANA time zone in which spoken dates are meant, such as `Asia/Seoul`. */
  readonly timeZone: string;
  readonly participants: readonly AnalysisParticipant[];
  /** BCP 47 tag, `mul` for a mixed meeting, `und` to let the share of Hangul decide. */
  readonly language: string;
  readonly signal?: AbortSignal;
  /** Told when a stage begins; `fraction` is the part of the whole work done so far, 0 to 1. */
  onStage?(stage: string, fraction: number): void;
}

/** Where a statement was said. Always `quote === segment.text.slice(startChar, endChar)`. */
export interface DraftEvidence {
  readonly segmentId: string;
  readonly quote: string;
  readonly startChar: number;
  readonly endChar: number;
}

/** A statement with at least one piece of evidence. */
export interface DraftItem {
  /** The sentence as said, without fillers, repeats and annotation marks. */
  readonly text: string;
  readonly evidence: readonly DraftEvidence[];
  /** 0 to 1. Orders items of one kind; it is not a calibrated probability. */
  readonly confidence: number;
}

/** A key statement: a sentence selected from the meeting, never a written summary. */
export interface DraftPoint extends DraftItem {
  /** The strongest keyword of the sentence, when it has one. */
  readonly topic?: string;
  readonly speakerLabel: string;
}

/** A suggested action item. Fields are absent when the speech does not tell. */
export interface DraftActionItem extends DraftItem {
  /** Id of the participant who owns it. */
  readonly assigneeId?: string;
  /** The participant's name, or the transcript's speaker label when the owner is no known participant. */
  readonly assigneeName?: string;
  /** ISO instant (UTC). A date without a time of day means the end of that local day. */
  readonly dueAt?: string;
  /** The words the due date was read from, verbatim. */
  readonly dueText?: string;
}

/** An appointment that was made in the meeting. */
export interface DraftAppointment extends DraftItem {
  /** What a calendar would show. */
  readonly title: string;
  /** ISO instant (UTC); of one that lasts all day the beginning of the local day. */
  readonly startsAt: string;
  /** ISO instant (UTC); absent when nobody said how long. */
  readonly endsAt?: string;
  /** True when only a day was said. */
  readonly allDay: boolean;
  /** Ids of participants: those who were named and who named them, else all. */
  readonly attendeeIds: readonly string[];
}

/** A word that marks this meeting. `weight` is relative: the strongest keyword of a meeting has 1. */
export interface DraftKeyword {
  readonly text: string;
  readonly weight: number;
  readonly segmentIds: readonly string[];
}

/** The outcome of one analysis: sentences selected from the meeting and facts counted in it. */
export interface DraftMinutes {
  /** The language of the meeting: the request's, or `ko`, `en` or `mul` when that was `und`. */
  readonly language: string;
  /** Two or three sentences composed from facts: length, speakers, keywords, counts. */
  readonly overview: string;
  readonly points: readonly DraftPoint[];
  /** Possible decisions, at most 5. */
  readonly decisions: readonly DraftItem[];
  /** At most 5. */
  readonly openQuestions: readonly DraftItem[];
  readonly actionItems: readonly DraftActionItem[];
  /** At most 5, the earliest first. Absent in what was made before appointments were looked for. */
  readonly schedule?: readonly DraftAppointment[];
  readonly keywords: readonly DraftKeyword[];
}
