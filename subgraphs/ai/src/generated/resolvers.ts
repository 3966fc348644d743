import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { IdentifiedSpan } from '@hoerok/shared/statistics';
import type { Minutes as MinutesRow } from '../entities/minutes.entity.ts';
import type { MinutesItem as MinutesItemRow } from '../entities/minutes-item.entity.ts';
import type { Evidence as EvidenceRow } from '../entities/evidence.entity.ts';
import type { Hit, HitPage } from '@hoerok/shared/search';
import type { Keyword as KeywordRow } from '../entities/keyword.entity.ts';
import type { MeetingAnalysis as MeetingAnalysisRow } from '../repositories/bulk-analysis-repository.ts';
import type { LanguageModelUsage as LanguageModelUsageRow } from '../services/language-model-usage.ts';
import type { EntityReference } from '@hoerok/shared/graphql';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant in ISO 8601 with an offset. */
  DateTime: { input: Date; output: Date; }
  _FieldSet: { input: string; output: string; }
};

/** Something somebody promised or was asked to do. It becomes a todo only when a person accepts it. */
export type ActionItem = MinutesItem & {
  readonly __typename?: 'ActionItem';
  /** Name of who is to do it, also when that is a guest or only a speaker label. */
  readonly assigneeName?: Maybe<Scalars['String']['output']>;
  /** 0 to 1. Orders items of one kind; it is not a probability. */
  readonly confidence: Scalars['Float']['output'];
  /** A date without a time of day means the end of that day at the meeting's place. */
  readonly dueAt?: Maybe<Scalars['DateTime']['output']>;
  /** The words the due date was read from, verbatim; without `dueAt`, words by which no date could be read. */
  readonly dueText?: Maybe<Scalars['String']['output']>;
  /** Never empty. */
  readonly evidence: ReadonlyArray<Evidence>;
  readonly id: Scalars['ID']['output'];
  /** The meeting it was said in. */
  readonly meeting: Meeting;
  /** The minutes it stands in. */
  readonly minutes: Minutes;
  /** Who wrote the text. */
  readonly origin: Origin;
  /** What people have decided about it. */
  readonly review: ReviewState;
  /** Rises with every review. */
  readonly revision: Scalars['Int']['output'];
  /** Who is to do it, as the speech tells or as the review says; null when nobody is known or it is no user. */
  readonly suggestedAssignee?: Maybe<User>;
  /** What it says. */
  readonly text: Scalars['String']['output'];
};

/** The task that writes the minutes, or why there is none. */
export type AnalysisPayload = {
  readonly __typename?: 'AnalysisPayload';
  /** Null when nothing was started. */
  readonly task?: Maybe<Task>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Which transcript to analyze. */
export type AnalyzeInput = {
  /** The same value gives the same task, however often it is sent. */
  readonly clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** BCP 47 tag, or `mul` for several languages. @default the transcript's */
  readonly language?: InputMaybe<Scalars['String']['input']>;
  /** Who writes: the name of one of Query.minutesWriters. @default the one that is there for it */
  readonly provider?: InputMaybe<Scalars['String']['input']>;
  readonly transcriptId: Scalars['ID']['input'];
};

/** Which meetings to analyze: the newest transcript of each. */
export type AnalyzeMeetingsInput = {
  /** The same value gives the same task, however often it is sent. */
  readonly clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** BCP 47 tag, or `mul` for several languages. @default each transcript's */
  readonly language?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 100, each once. */
  readonly meetingIds: ReadonlyArray<Scalars['ID']['input']>;
  /** Who writes: the name of one of Query.minutesWriters. @default the one that is there for it */
  readonly provider?: InputMaybe<Scalars['String']['input']>;
};

/** The task that has all minutes written, or why there is none: an error for each meeting that stands in the way. */
export type AnalyzeMeetingsPayload = {
  readonly __typename?: 'AnalyzeMeetingsPayload';
  /** Null when nothing was started. */
  readonly task?: Maybe<Task>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Something the meeting may have decided, by a deciding phrase or as a language model understood it. */
export type Decision = MinutesItem & {
  readonly __typename?: 'Decision';
  /** 0 to 1. Orders items of one kind; it is not a probability. */
  readonly confidence: Scalars['Float']['output'];
  /** Never empty. */
  readonly evidence: ReadonlyArray<Evidence>;
  readonly id: Scalars['ID']['output'];
  /** Who wrote the text. */
  readonly origin: Origin;
  /** What people have decided about it. */
  readonly review: ReviewState;
  /** Rises with every review. */
  readonly revision: Scalars['Int']['output'];
  /** What it says. */
  readonly text: Scalars['String']['output'];
};

/** What a language model said that is not in the minutes, counted. */
export type DroppedWork = {
  readonly __typename?: 'DroppedWork';
  /** Owners of action items who do not take part, or whom the quoted place has nothing to do with. */
  readonly assignees: Scalars['Int']['output'];
  /** Due dates whose words were not said. */
  readonly dueDates: Scalars['Int']['output'];
  /** Items without a quote that stands in the transcript. */
  readonly items: Scalars['Int']['output'];
  /** Sections in all. */
  readonly ofSections: Scalars['Int']['output'];
  /** Quotes that do not stand where the model said. */
  readonly quotes: Scalars['Int']['output'];
  /** Sections of the transcript for which the model answered nothing usable: what was said there is not in these minutes. */
  readonly sections: Scalars['Int']['output'];
};

/** Where a statement was said: `quote` is the text from `startChar` to `endChar` of the segment at `segmentRevision`. */
export type Evidence = {
  readonly __typename?: 'Evidence';
  /** Behind the last character. */
  readonly endChar: Scalars['Int']['output'];
  /** The words, verbatim as the segment had them at segmentRevision. */
  readonly quote: Scalars['String']['output'];
  /** Where the words were said. */
  readonly segment: TranscriptSegment;
  /** Revision that was quoted. */
  readonly segmentRevision: Scalars['Int']['output'];
  /** True when somebody has edited the segment since: the quote may not be what it says any more. */
  readonly stale: Scalars['Boolean']['output'];
  /** First character, counted in UTF-16 code units from 0. */
  readonly startChar: Scalars['Int']['output'];
};

/** A link to a file, good for a few minutes, and only as long as who asked for it may see the meeting. Whoever has it can use it. */
export type ExportLink = {
  readonly __typename?: 'ExportLink';
  /** The link is refused from then on. */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** What the file is called. */
  readonly filename: Scalars['String']['output'];
  /** Its media type. */
  readonly mimeType: Scalars['String']['output'];
  /** Answers GET with the file. */
  readonly url: Scalars['String']['output'];
};

/** Why minutes are not by the language model that was to write them. */
export type FallbackReason = {
  readonly __typename?: 'FallbackReason';
  /**
   * BUDGET_SPENT, LLM_NOT_CONFIGURED, PROVIDER_REFUSED (its key, its model or our request), PROVIDER_ANSWER (nothing that can be
   * used) or PROVIDER_UNAVAILABLE (in all attempts, or known to be away).
   */
  readonly code: Scalars['String']['output'];
  /** For people, in the language of the minutes. */
  readonly message: Scalars['String']['output'];
};

/** Which transcript to look through for appointments. */
export type GenerateScheduleInput = {
  /** The same value gives the same task, however often it is sent. */
  readonly clientMutationId?: InputMaybe<Scalars['String']['input']>;
  readonly transcriptId: Scalars['ID']['input'];
};

/** A word that marks this meeting. */
export type Keyword = {
  readonly __typename?: 'Keyword';
  /** Where it was said, at most 20 or a few more. */
  readonly segments: ReadonlyArray<TranscriptSegment>;
  /** The word as it was said most often. */
  readonly text: Scalars['String']['output'];
  /** Relative: the strongest keyword of a meeting has 1. */
  readonly weight: Scalars['Float']['output'];
};

/** What the language model has done for the workspace in a month (UTC). */
export type LanguageModelUsage = {
  readonly __typename?: 'LanguageModelUsage';
  /** Calls, whether or not their answers were of use. */
  readonly calls: Scalars['Float']['output'];
  /** US dollars by the prices of the configuration at the time of each call; null when there were none. */
  readonly costUsd?: Maybe<Scalars['Float']['output']>;
  /** Tokens of questions; estimated where the provider did not count them. */
  readonly inputTokens: Scalars['Float']['output'];
  /** Such as 2026-03. */
  readonly month: Scalars['String']['output'];
  /** Tokens of answers; estimated where the provider did not count them. */
  readonly outputTokens: Scalars['Float']['output'];
  /** Tokens that the workspace may use in a month; null when that is not limited. */
  readonly tokensPerMonth?: Maybe<Scalars['Float']['output']>;
};

/** A meeting of a workspace, visible to its participants and to ADMIN and MANAGER. */
export type Meeting = {
  readonly __typename?: 'Meeting';
  readonly id: Scalars['ID']['output'];
  /** The newest minutes. */
  readonly minutes?: Maybe<Minutes>;
};

/** One meeting of a bulk analysis. */
export type MeetingAnalysis = {
  readonly __typename?: 'MeetingAnalysis';
  /** The meeting that is analyzed. */
  readonly meeting: Meeting;
  /** What it made; null until then, and when the minutes were withdrawn. */
  readonly minutes?: Maybe<Minutes>;
  /** PENDING before its turn; CANCELLED when that never came. */
  readonly status: TaskStatus;
  /** The task that writes its minutes; null before its turn. */
  readonly task?: Maybe<Task>;
};

/** The minutes of a meeting as one analysis of its transcript found them; visible to whoever may see the meeting. */
export type Minutes = {
  readonly __typename?: 'Minutes';
  /** Suggested action items. */
  readonly actionItems: ReadonlyArray<ActionItem>;
  /** Possible decisions. */
  readonly decisions: ReadonlyArray<Decision>;
  /** What of the language model's work was left out, because the transcript does not bear it out; null when none wrote. */
  readonly dropped?: Maybe<DroppedWork>;
  /** A link to the minutes as a file. ICS has the accepted appointments. */
  readonly export: ExportLink;
  /** True when no language model took part: sentences are selected, not written. */
  readonly extractive: Scalars['Boolean']['output'];
  /** Why the local analysis made them although a language model was to; null otherwise. */
  readonly fallbackReason?: Maybe<FallbackReason>;
  /** When they were made. */
  readonly generatedAt: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  /** Strongest first. @default 10 */
  readonly keywords: ReadonlyArray<Keyword>;
  /** BCP 47 tag, or `mul` for several languages. */
  readonly language: Scalars['String']['output'];
  /** The minutes as a CommonMark document, without rejected items; Korean, English or bilingual headings. */
  readonly markdown: Scalars['String']['output'];
  /** The meeting they are of. */
  readonly meeting: Meeting;
  /** Questions that stayed open. */
  readonly openQuestions: ReadonlyArray<OpenQuestion>;
  /** True when the transcript has changed since. */
  readonly outdated: Scalars['Boolean']['output'];
  /** Two or three sentences of facts: length, speakers, keywords, counts. By a language model: a few sentences about the items. */
  readonly overview: Scalars['String']['output'];
  /** Key statements in the order they were said; by a language model, key points in its words. */
  readonly points: ReadonlyArray<SummaryPoint>;
  /** The wording by which the language model was asked; null when none was. */
  readonly promptVersion?: Maybe<Scalars['String']['output']>;
  /** What made them: `extractive` for the local analysis, `llm` for a language model. */
  readonly provider: Scalars['String']['output'];
  /** The language model that wrote them; null when none did. */
  readonly providerModel?: Maybe<Scalars['String']['output']>;
  /** 1 for the first minutes of a meeting; each analysis makes new ones. */
  readonly revision: Scalars['Int']['output'];
  /** Suggested appointments, the earliest first. */
  readonly schedule: ReadonlyArray<ScheduleSuggestion>;
  /** The transcript they were made of. */
  readonly transcript: Transcript;
  /** Revision of the transcript that was analyzed. */
  readonly transcriptRevision: Scalars['Int']['output'];
};


/** The minutes of a meeting as one analysis of its transcript found them; visible to whoever may see the meeting. */
export type MinutesExportArgs = {
  format: MinutesExportFormat;
};


/** The minutes of a meeting as one analysis of its transcript found them; visible to whoever may see the meeting. */
export type MinutesKeywordsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** What can happen to the minutes of a meeting. */
export type MinutesChange =
  /** New ones were made. */
  | 'CREATED'
  /** People decided on items. */
  | 'REVIEWED'
  /** They were looked through for appointments again. */
  | 'SCHEDULED'
  /** They were taken back; nobody had reviewed them. */
  | 'WITHDRAWN';

/** A form in which minutes can be taken along. */
export type MinutesExportFormat =
  /** Office Open XML, for word processors. */
  | 'DOCX'
  /** iCalendar (RFC 5545), for calendars. */
  | 'ICS'
  /** All of it, for programs; docs/exports.md describes the fields. */
  | 'JSON'
  /** CommonMark, as `markdown`. */
  | 'MARKDOWN';

/** An item of minutes that a search has found. */
export type MinutesHit = {
  readonly __typename?: 'MinutesHit';
  /** Parts of the item's text that the search speaks of. */
  readonly highlights: ReadonlyArray<TextRange>;
  /** The item. */
  readonly item: MinutesItem;
  /** The minutes it stands in. */
  readonly minutes: Minutes;
  /** 0 to 1. Orders the hits of one search; it is not a probability. */
  readonly score: Scalars['Float']['output'];
};

/** A page of hits, the best first and of equal ones the newest. */
export type MinutesHitConnection = {
  readonly __typename?: 'MinutesHitConnection';
  readonly edges: ReadonlyArray<MinutesHitEdge>;
  readonly pageInfo: PageInfo;
  /** All that match, on whatever page. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A hit and its place in the list. */
export type MinutesHitEdge = {
  readonly __typename?: 'MinutesHitEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: MinutesHit;
};

/** A statement of the minutes, with the words it was taken from. */
export type MinutesItem = {
  /** 0 to 1. Orders items of one kind; it is not a probability. */
  readonly confidence: Scalars['Float']['output'];
  /** Never empty. */
  readonly evidence: ReadonlyArray<Evidence>;
  readonly id: Scalars['ID']['output'];
  /** Who wrote the text. */
  readonly origin: Origin;
  /** What people have decided about it. */
  readonly review: ReviewState;
  /** Rises with every review. */
  readonly revision: Scalars['Int']['output'];
  /** What it says. */
  readonly text: Scalars['String']['output'];
};

/** Where to search; all conditions hold. */
export type MinutesSearchFilter = {
  /** In minutes of meetings that began at or after, by their plan when they never began. */
  readonly from?: InputMaybe<Scalars['DateTime']['input']>;
  /** In the minutes of this meeting. */
  readonly meetingId?: InputMaybe<Scalars['ID']['input']>;
  /** In one of these states. @default all but REJECTED */
  readonly review?: InputMaybe<ReadonlyArray<ReviewState>>;
  /** In minutes of meetings that began before. */
  readonly to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Minutes of a span of time in numbers; each analysis makes new minutes with items of their own. */
export type MinutesStatistics = {
  readonly __typename?: 'MinutesStatistics';
  /** Items that are accepted, as they were or edited. */
  readonly accepted: Scalars['Int']['output'];
  /** How many were made. */
  readonly minutes: Scalars['Int']['output'];
  /** Items that nobody has decided about. */
  readonly pending: Scalars['Int']['output'];
  /** Items that are rejected. */
  readonly rejected: Scalars['Int']['output'];
  /** Items they suggested. */
  readonly suggested: Scalars['Int']['output'];
};

/** Something that has happened to the minutes of a meeting. */
export type MinutesUpdate = {
  readonly __typename?: 'MinutesUpdate';
  /** Who did it; null for the platform. */
  readonly actor?: Maybe<User>;
  /** What has happened. */
  readonly change: MinutesChange;
  /** The items it happened to; empty when that is all of them. */
  readonly itemIds: ReadonlyArray<Scalars['ID']['output']>;
  /** The minutes as they are by now; null when they cannot be seen any more. */
  readonly minutes?: Maybe<Minutes>;
};

/** Somebody that can write minutes. */
export type MinutesWriter = {
  readonly __typename?: 'MinutesWriter';
  /** False when it is not set up, or is away now. */
  readonly available: Scalars['Boolean']['output'];
  /** True for the one that writes when nobody chooses. */
  readonly isDefault: Scalars['Boolean']['output'];
  /** BCP 47 language ranges; `*` for any. */
  readonly languages: ReadonlyArray<Scalars['String']['output']>;
  /** The language model, when it is one. */
  readonly model?: Maybe<Scalars['String']['output']>;
  /** What AnalyzeInput.provider takes. */
  readonly name: Scalars['String']['output'];
  /** For people: what it does, or why it is not available. */
  readonly note?: Maybe<Scalars['String']['output']>;
  /** Origin of what it writes. */
  readonly origin: Origin;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /**
   * Makes new minutes of many meetings, as one task: all of them are accepted or none. The work goes behind that of people who
   * wait for single minutes; a meeting that fails does not stop the others. Cancelling the task withdraws the minutes it has
   * made, but for those that somebody has reviewed.
   */
  readonly analyzeMeetings: AnalyzeMeetingsPayload;
  /** Makes new minutes of a transcript, as a task. Transcripts that are imported or verified are analyzed by themselves. */
  readonly analyzeTranscript: AnalysisPayload;
  /**
   * Looks through a transcript for appointments again, as a task of kind SCHEDULE, and puts them into its newest minutes: what
   * people have decided on stays, other suggestions give way. WRONG_STATE as long as there are no minutes of it.
   */
  readonly generateSchedule: AnalysisPayload;
  /**
   * Decides on an item: ACCEPTED, REJECTED, or EDITED with the text as it should be. Whoever may see the meeting may review.
   * Repeating a review changes nothing. The first ACCEPTED or EDITED of an action item makes it a todo; from then on its
   * assignee and due date are the todo's, and it can no longer be rejected.
   */
  readonly reviewItem: ReviewPayload;
  /** Decides on 1 to 100 items, each once: on all of them or on none. */
  readonly reviewItems: ReviewItemsPayload;
};


export type MutationAnalyzeMeetingsArgs = {
  input: AnalyzeMeetingsInput;
};


export type MutationAnalyzeTranscriptArgs = {
  input: AnalyzeInput;
};


export type MutationGenerateScheduleArgs = {
  input: GenerateScheduleInput;
};


export type MutationReviewItemArgs = {
  assigneeId?: InputMaybe<Scalars['ID']['input']>;
  dueAt?: InputMaybe<Scalars['DateTime']['input']>;
  endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  itemId: Scalars['ID']['input'];
  review: ReviewState;
  startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  text?: InputMaybe<Scalars['String']['input']>;
};


export type MutationReviewItemsArgs = {
  input: ReadonlyArray<ReviewItemInput>;
};

/** A question the meeting left open. */
export type OpenQuestion = MinutesItem & {
  readonly __typename?: 'OpenQuestion';
  /** 0 to 1. Orders items of one kind; it is not a probability. */
  readonly confidence: Scalars['Float']['output'];
  /** Never empty. */
  readonly evidence: ReadonlyArray<Evidence>;
  readonly id: Scalars['ID']['output'];
  /** Who wrote the text. */
  readonly origin: Origin;
  /** What people have decided about it. */
  readonly review: ReviewState;
  /** Rises with every review. */
  readonly revision: Scalars['Int']['output'];
  /** What it says. */
  readonly text: Scalars['String']['output'];
};

/** Who put a statement into the minutes. */
export type Origin =
  /** Selected from the transcript by counting and rules on our own machines; no language model took part. */
  | 'EXTRACTIVE_LOCAL'
  /** Worded by a person. */
  | 'HUMAN'
  /** Worded by a language model; its quotes were checked against the transcript, its wording was not. */
  | 'LLM';

/** Position of a page in a list. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

export type Query = {
  readonly __typename?: 'Query';
  /** Action items in the order of the ids, at most 100; null for what does not exist or the viewer may not see. */
  readonly actionItems: ReadonlyArray<Maybe<ActionItem>>;
  /** What the language model has done for the workspace; for ADMIN and MANAGER. FORBIDDEN to others. */
  readonly languageModelUsage: LanguageModelUsage;
  /** One version of minutes; null when they do not exist or the viewer may not see them. */
  readonly minutes?: Maybe<Minutes>;
  /** Who can write minutes here. */
  readonly minutesWriters: ReadonlyArray<MinutesWriter>;
  /**
   * Finds items in the newest minutes of all meetings the viewer may see. Words all have to be there, a "quoted phrase" as it stands,
   * and -excluded words not at all; English words in any form, Korean words with any particle. At most 200 characters, and 100 hits a
   * page. @default 20
   */
  readonly searchMinutes: MinutesHitConnection;
};


export type QueryActionItemsArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


export type QueryLanguageModelUsageArgs = {
  month?: InputMaybe<Scalars['String']['input']>;
};


export type QueryMinutesArgs = {
  id: Scalars['ID']['input'];
};


export type QuerySearchMinutesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MinutesSearchFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  text: Scalars['String']['input'];
};

/** One decision of a bulk review; as the arguments of reviewItem. */
export type ReviewItemInput = {
  /** Of an action item; null for nobody. @default the suggestion */
  readonly assigneeId?: InputMaybe<Scalars['ID']['input']>;
  /** Of an action item; null for none. @default the suggestion */
  readonly dueAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Of an appointment; null for no known end. @default the suggestion, moved along with startsAt */
  readonly endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Revision the review is based on; CONFLICT when the item has moved on. @default not checked */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  readonly itemId: Scalars['ID']['input'];
  readonly review: ReviewState;
  /** Of an appointment. @default the suggestion */
  readonly startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only with EDITED, which needs it. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

/** The items as they are now, in the order they were named, or why none was changed. */
export type ReviewItemsPayload = {
  readonly __typename?: 'ReviewItemsPayload';
  /** Empty when nothing was changed. */
  readonly items: ReadonlyArray<MinutesItem>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The item as it is now and the minutes it is in, or why not. */
export type ReviewPayload = {
  readonly __typename?: 'ReviewPayload';
  /** Null when nothing was changed. */
  readonly item?: Maybe<MinutesItem>;
  /** The minutes it stands in. */
  readonly minutes?: Maybe<Minutes>;
  readonly userErrors: ReadonlyArray<UserError>;
};

/** SUGGESTED until a person has decided. */
export type ReviewState =
  | 'ACCEPTED'
  /** Accepted with another text. */
  | 'EDITED'
  | 'REJECTED'
  | 'SUGGESTED';

/** An appointment that was made in the meeting, found by what was said; accepted ones are in the ICS export. */
export type ScheduleSuggestion = MinutesItem & {
  readonly __typename?: 'ScheduleSuggestion';
  /** True when only the day was said. */
  readonly allDay: Scalars['Boolean']['output'];
  /** Who was named with it, else everybody of the meeting; users only. */
  readonly attendees: ReadonlyArray<User>;
  /** 0 to 1. Orders items of one kind; it is not a probability. */
  readonly confidence: Scalars['Float']['output'];
  /** Null when nobody said how long; the calendar file then gives it an hour. */
  readonly endsAt?: Maybe<Scalars['DateTime']['output']>;
  /** Never empty. */
  readonly evidence: ReadonlyArray<Evidence>;
  /** Identity of the event in calendars: the same in all minutes of the meeting that have an appointment with this start. */
  readonly icalUid: Scalars['String']['output'];
  readonly id: Scalars['ID']['output'];
  /** The meeting it was made in. */
  readonly meeting: Meeting;
  /** Who wrote the text. */
  readonly origin: Origin;
  /** What people have decided about it. */
  readonly review: ReviewState;
  /** Rises with every review. */
  readonly revision: Scalars['Int']['output'];
  /** In the meeting's time zone as it was said; the beginning of the day when it lasts all day. */
  readonly startsAt: Scalars['DateTime']['output'];
  /** What it says. */
  readonly text: Scalars['String']['output'];
  /** What a calendar shows; the text of a review that is EDITED. */
  readonly title: Scalars['String']['output'];
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * New minutes of a meeting, and decisions on their items, as they happen, for those who may see the meeting; who may no longer is
   * sent away with FORBIDDEN.
   */
  readonly minutesUpdates: MinutesUpdate;
};


export type SubscriptionMinutesUpdatesArgs = {
  meetingId: Scalars['ID']['input'];
};

/** Something important: a sentence selected from the meeting, or worded by a language model, as `origin` says. */
export type SummaryPoint = MinutesItem & {
  readonly __typename?: 'SummaryPoint';
  /** 0 to 1. Orders items of one kind; it is not a probability. */
  readonly confidence: Scalars['Float']['output'];
  /** Never empty. */
  readonly evidence: ReadonlyArray<Evidence>;
  readonly id: Scalars['ID']['output'];
  /** Who wrote the text. */
  readonly origin: Origin;
  /** What people have decided about it. */
  readonly review: ReviewState;
  /** Rises with every review. */
  readonly revision: Scalars['Int']['output'];
  /** What it says. */
  readonly text: Scalars['String']['output'];
  /** The strongest keyword in it. */
  readonly topic?: Maybe<Scalars['String']['output']>;
};

/** Long work; visible to who asked for it, to whom it concerns, and to ADMIN and MANAGER. The subgraph that runs it adds the result to this entity. */
export type Task = {
  readonly __typename?: 'Task';
  /**
   * What a BULK_MINUTES task does about each of its meetings, in the order they were named. Empty for any other task, and for a
   * viewer who neither asked for it nor is ADMIN or MANAGER.
   */
  readonly analyses: ReadonlyArray<MeetingAnalysis>;
  /** 1 during the first attempt, 0 before it. */
  readonly attempt: Scalars['Int']['output'];
  /** When it was accepted. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Failure of the last attempt. */
  readonly error?: Maybe<TaskError>;
  /** When it ended. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly id: Scalars['ID']['output'];
  /** What kind of work it is. */
  readonly kind: TaskKind;
  /** Attempts it gets in all. */
  readonly maxAttempts: Scalars['Int']['output'];
  /** The meeting it is about. */
  readonly meeting?: Maybe<Meeting>;
  /** What a MINUTES task made, or a SCHEDULE task added to; null until it has COMPLETED. */
  readonly minutes?: Maybe<Minutes>;
  /** When it runs next: a delayed task, or a failed attempt that is repeated. */
  readonly nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** The lane it waits in. */
  readonly priority: TaskPriority;
  /** 0 to 1. */
  readonly progress: Scalars['Float']['output'];
  /** Who asked for it; null for a task that the platform started. */
  readonly requestedBy?: Maybe<User>;
  /** Rises with every change: of two answers the one with the higher revision is newer. */
  readonly revision: Scalars['Int']['output'];
  /** What the worker does now. */
  readonly stage?: Maybe<Scalars['String']['output']>;
  /** Start of the first attempt. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it stands. */
  readonly status: TaskStatus;
};

/** Why an attempt failed. */
export type TaskError = {
  readonly __typename?: 'TaskError';
  /** Stable code, for example TIMEOUT; match on this. */
  readonly code: Scalars['String']['output'];
  /** For people. */
  readonly message: Scalars['String']['output'];
  /** True while the task will be tried again by itself. */
  readonly retryable: Scalars['Boolean']['output'];
};

/** What kind of long work a task is. */
export type TaskKind =
  /** Many transcripts become minutes: a task of its own for each. */
  | 'BULK_MINUTES'
  /** A meeting goes, with everything that was made of it. */
  | 'MEETING_DELETION'
  /** A transcript becomes minutes. */
  | 'MINUTES'
  /** One step of a larger task, in the service that does it. For ADMIN and MANAGER. */
  | 'SAGA_STEP'
  /** The appointments that were spoken of in a meeting become suggestions for the calendar. */
  | 'SCHEDULE'
  /** A recording becomes a transcript. */
  | 'TRANSCRIPTION'
  /** Captions, JSON or text become a transcript. */
  | 'TRANSCRIPT_IMPORT'
  /** A transcript is checked for gaps, overlaps, unknown speakers and what was hard to hear. */
  | 'TRANSCRIPT_VALIDATION';

/** The lane a task waits in; each lane has workers of its own. */
export type TaskPriority =
  | 'HIGH'
  | 'LOW'
  | 'NORMAL';

/** PENDING -> PROCESSING -> COMPLETED, FAILED or CANCELLED. */
export type TaskStatus =
  | 'CANCELLED'
  | 'COMPLETED'
  /** Ended for good; `error` says why. retryTask gives it new attempts. */
  | 'FAILED'
  /** Waits for a worker; when `nextAttemptAt` is there, for its next attempt. */
  | 'PENDING'
  /** A worker has it. */
  | 'PROCESSING';

/** A part of a text, counted in UTF-16 code units from 0. */
export type TextRange = {
  readonly __typename?: 'TextRange';
  /** Behind the last character. */
  readonly endChar: Scalars['Int']['output'];
  /** First character. */
  readonly startChar: Scalars['Int']['output'];
};

/** What was said in a meeting, word for word. Visible to whoever sees the meeting. */
export type Transcript = {
  readonly __typename?: 'Transcript';
  readonly id: Scalars['ID']['output'];
  /** The newest minutes made of it. */
  readonly minutes?: Maybe<Minutes>;
};

/** One stretch of speech: a cue, sentence or turn of the captions. */
export type TranscriptSegment = {
  readonly __typename?: 'TranscriptSegment';
  readonly id: Scalars['ID']['output'];
};

/** A person of the workspace. */
export type User = {
  readonly __typename?: 'User';
  readonly id: Scalars['ID']['output'];
};

/** An expected failure of a mutation: nothing was changed, and the message says what to do. */
export type UserError = {
  readonly __typename?: 'UserError';
  /** Stable code, for example NOT_FOUND; match on this. */
  readonly code: Scalars['String']['output'];
  /** For people. */
  readonly message: Scalars['String']['output'];
  /** Argument that was wrong. */
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** A workspace in a span of time, in numbers; each domain counts its own. For ADMIN and MANAGER. */
export type WorkspaceStatistics = {
  readonly __typename?: 'WorkspaceStatistics';
  readonly id: Scalars['ID']['output'];
  /** The minutes that were made in it. */
  readonly minutes: MinutesStatistics;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  ActionItem: ActionItem;
  Meeting: Meeting;
  Minutes: Minutes;
  Task: Task;
  Transcript: Transcript;
  WorkspaceStatistics: WorkspaceStatistics;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  ActionItem:
    ( { __typename: 'ActionItem' }
    & GraphQLRecursivePick<FederationTypes['ActionItem'], {"id":true}> );
  Meeting:
    ( { __typename: 'Meeting' }
    & GraphQLRecursivePick<FederationTypes['Meeting'], {"id":true}> );
  Minutes:
    ( { __typename: 'Minutes' }
    & GraphQLRecursivePick<FederationTypes['Minutes'], {"id":true}> );
  Task:
    ( { __typename: 'Task' }
    & GraphQLRecursivePick<FederationTypes['Task'], {"id":true}> );
  Transcript:
    ( { __typename: 'Transcript' }
    & GraphQLRecursivePick<FederationTypes['Transcript'], {"id":true}> );
  WorkspaceStatistics:
    ( { __typename: 'WorkspaceStatistics' }
    & GraphQLRecursivePick<FederationTypes['WorkspaceStatistics'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ActionItem: ResolverTypeWrapper<MinutesItemRow>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  AnalysisPayload: ResolverTypeWrapper<Omit<AnalysisPayload, 'task'> & { task?: Maybe<ResolversTypes['Task']> }>;
  AnalyzeInput: AnalyzeInput;
  AnalyzeMeetingsInput: AnalyzeMeetingsInput;
  AnalyzeMeetingsPayload: ResolverTypeWrapper<Omit<AnalyzeMeetingsPayload, 'task'> & { task?: Maybe<ResolversTypes['Task']> }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decision: ResolverTypeWrapper<MinutesItemRow>;
  DroppedWork: ResolverTypeWrapper<DroppedWork>;
  Evidence: ResolverTypeWrapper<EvidenceRow>;
  ExportLink: ResolverTypeWrapper<ExportLink>;
  FallbackReason: ResolverTypeWrapper<FallbackReason>;
  GenerateScheduleInput: GenerateScheduleInput;
  Keyword: ResolverTypeWrapper<KeywordRow>;
  LanguageModelUsage: ResolverTypeWrapper<LanguageModelUsageRow>;
  Meeting: ResolverTypeWrapper<EntityReference>;
  MeetingAnalysis: ResolverTypeWrapper<MeetingAnalysisRow>;
  Minutes: ResolverTypeWrapper<MinutesRow>;
  MinutesChange: MinutesChange;
  MinutesExportFormat: MinutesExportFormat;
  MinutesHit: ResolverTypeWrapper<Hit<MinutesItemRow>>;
  MinutesHitConnection: ResolverTypeWrapper<HitPage<MinutesItemRow>>;
  MinutesHitEdge: ResolverTypeWrapper<Omit<MinutesHitEdge, 'node'> & { node: ResolversTypes['MinutesHit'] }>;
  MinutesItem: ResolverTypeWrapper<MinutesItemRow>;
  MinutesSearchFilter: MinutesSearchFilter;
  MinutesStatistics: ResolverTypeWrapper<MinutesStatistics>;
  MinutesUpdate: ResolverTypeWrapper<Omit<MinutesUpdate, 'actor' | 'minutes'> & { actor?: Maybe<ResolversTypes['User']>, minutes?: Maybe<ResolversTypes['Minutes']> }>;
  MinutesWriter: ResolverTypeWrapper<MinutesWriter>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  OpenQuestion: ResolverTypeWrapper<MinutesItemRow>;
  Origin: Origin;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReviewItemInput: ReviewItemInput;
  ReviewItemsPayload: ResolverTypeWrapper<Omit<ReviewItemsPayload, 'items'> & { items: ReadonlyArray<ResolversTypes['MinutesItem']> }>;
  ReviewPayload: ResolverTypeWrapper<Omit<ReviewPayload, 'item' | 'minutes'> & { item?: Maybe<ResolversTypes['MinutesItem']>, minutes?: Maybe<ResolversTypes['Minutes']> }>;
  ReviewState: ReviewState;
  ScheduleSuggestion: ResolverTypeWrapper<MinutesItemRow>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SummaryPoint: ResolverTypeWrapper<MinutesItemRow>;
  Task: ResolverTypeWrapper<EntityReference>;
  TaskError: ResolverTypeWrapper<TaskError>;
  TaskKind: TaskKind;
  TaskPriority: TaskPriority;
  TaskStatus: TaskStatus;
  TextRange: ResolverTypeWrapper<TextRange>;
  Transcript: ResolverTypeWrapper<EntityReference>;
  TranscriptSegment: ResolverTypeWrapper<EntityReference>;
  User: ResolverTypeWrapper<EntityReference>;
  UserError: ResolverTypeWrapper<UserError>;
  WorkspaceStatistics: ResolverTypeWrapper<IdentifiedSpan>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ActionItem: MinutesItemRow;
  Float: Scalars['Float']['output'];
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  AnalysisPayload: Omit<AnalysisPayload, 'task'> & { task?: Maybe<ResolversParentTypes['Task']> };
  AnalyzeInput: AnalyzeInput;
  AnalyzeMeetingsInput: AnalyzeMeetingsInput;
  AnalyzeMeetingsPayload: Omit<AnalyzeMeetingsPayload, 'task'> & { task?: Maybe<ResolversParentTypes['Task']> };
  DateTime: Scalars['DateTime']['output'];
  Decision: MinutesItemRow;
  DroppedWork: DroppedWork;
  Evidence: EvidenceRow;
  ExportLink: ExportLink;
  FallbackReason: FallbackReason;
  GenerateScheduleInput: GenerateScheduleInput;
  Keyword: KeywordRow;
  LanguageModelUsage: LanguageModelUsageRow;
  Meeting: EntityReference;
  MeetingAnalysis: MeetingAnalysisRow;
  Minutes: MinutesRow;
  MinutesHit: Hit<MinutesItemRow>;
  MinutesHitConnection: HitPage<MinutesItemRow>;
  MinutesHitEdge: Omit<MinutesHitEdge, 'node'> & { node: ResolversParentTypes['MinutesHit'] };
  MinutesItem: MinutesItemRow;
  MinutesSearchFilter: MinutesSearchFilter;
  MinutesStatistics: MinutesStatistics;
  MinutesUpdate: Omit<MinutesUpdate, 'actor' | 'minutes'> & { actor?: Maybe<ResolversParentTypes['User']>, minutes?: Maybe<ResolversParentTypes['Minutes']> };
  MinutesWriter: MinutesWriter;
  Mutation: Record<PropertyKey, never>;
  OpenQuestion: MinutesItemRow;
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  ReviewItemInput: ReviewItemInput;
  ReviewItemsPayload: Omit<ReviewItemsPayload, 'items'> & { items: ReadonlyArray<ResolversParentTypes['MinutesItem']> };
  ReviewPayload: Omit<ReviewPayload, 'item' | 'minutes'> & { item?: Maybe<ResolversParentTypes['MinutesItem']>, minutes?: Maybe<ResolversParentTypes['Minutes']> };
  ScheduleSuggestion: MinutesItemRow;
  Subscription: Record<PropertyKey, never>;
  SummaryPoint: MinutesItemRow;
  Task: EntityReference;
  TaskError: TaskError;
  TextRange: TextRange;
  Transcript: EntityReference;
  TranscriptSegment: EntityReference;
  User: EntityReference;
  UserError: UserError;
  WorkspaceStatistics: IdentifiedSpan;
  String: Scalars['String']['output'];
  Boolean: Scalars['Boolean']['output'];
};

export type EventStreamDirectiveArgs = {
  audience?: Maybe<Scalars['String']['input']>;
  audienceRoles?: Maybe<ReadonlyArray<Scalars['String']['input']>>;
  endField?: Maybe<Scalars['String']['input']>;
  endValues?: Maybe<ReadonlyArray<Scalars['String']['input']>>;
  filter?: Maybe<Scalars['String']['input']>;
  guardAudience?: Maybe<Scalars['String']['input']>;
  guardField?: Maybe<Scalars['String']['input']>;
  guardSubject?: Maybe<Scalars['String']['input']>;
  latestOnly?: Maybe<Scalars['Boolean']['input']>;
  snapshot?: Maybe<Scalars['Boolean']['input']>;
  subject: Scalars['String']['input'];
};

export type EventStreamDirectiveResolver<Result, Parent, ContextType = Context, Args = EventStreamDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ActionItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActionItem'] = ResolversParentTypes['ActionItem'], FederationReferenceType extends FederationReferenceTypes['ActionItem'] = FederationReferenceTypes['ActionItem']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ActionItem']> | FederationReferenceType, FederationReferenceType, ContextType>;
  assigneeName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  dueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  dueText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  meeting?: Resolver<ResolversTypes['Meeting'], ParentType, ContextType>;
  minutes?: Resolver<ResolversTypes['Minutes'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['Origin'], ParentType, ContextType>;
  review?: Resolver<ResolversTypes['ReviewState'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  suggestedAssignee?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AnalysisPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AnalysisPayload'] = ResolversParentTypes['AnalysisPayload']> = {
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AnalyzeMeetingsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AnalyzeMeetingsPayload'] = ResolversParentTypes['AnalyzeMeetingsPayload']> = {
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DecisionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Decision'] = ResolversParentTypes['Decision']> = {
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['Origin'], ParentType, ContextType>;
  review?: Resolver<ResolversTypes['ReviewState'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DroppedWorkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DroppedWork'] = ResolversParentTypes['DroppedWork']> = {
  assignees?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  dueDates?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  items?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ofSections?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  quotes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sections?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type EvidenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Evidence'] = ResolversParentTypes['Evidence']> = {
  endChar?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  quote?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  segment?: Resolver<ResolversTypes['TranscriptSegment'], ParentType, ContextType>;
  segmentRevision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startChar?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ExportLinkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExportLink'] = ResolversParentTypes['ExportLink']> = {
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  filename?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  mimeType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FallbackReasonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FallbackReason'] = ResolversParentTypes['FallbackReason']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type KeywordResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Keyword'] = ResolversParentTypes['Keyword']> = {
  segments?: Resolver<ReadonlyArray<ResolversTypes['TranscriptSegment']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  weight?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type LanguageModelUsageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LanguageModelUsage'] = ResolversParentTypes['LanguageModelUsage']> = {
  calls?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  costUsd?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  inputTokens?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  month?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outputTokens?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  tokensPerMonth?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type MeetingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Meeting'] = ResolversParentTypes['Meeting'], FederationReferenceType extends FederationReferenceTypes['Meeting'] = FederationReferenceTypes['Meeting']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Meeting']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  minutes?: Resolver<Maybe<ResolversTypes['Minutes']>, ParentType, ContextType>;
};

export type MeetingAnalysisResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MeetingAnalysis'] = ResolversParentTypes['MeetingAnalysis']> = {
  meeting?: Resolver<ResolversTypes['Meeting'], ParentType, ContextType>;
  minutes?: Resolver<Maybe<ResolversTypes['Minutes']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TaskStatus'], ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
};

export type MinutesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Minutes'] = ResolversParentTypes['Minutes'], FederationReferenceType extends FederationReferenceTypes['Minutes'] = FederationReferenceTypes['Minutes']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Minutes']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actionItems?: Resolver<ReadonlyArray<ResolversTypes['ActionItem']>, ParentType, ContextType>;
  decisions?: Resolver<ReadonlyArray<ResolversTypes['Decision']>, ParentType, ContextType>;
  dropped?: Resolver<Maybe<ResolversTypes['DroppedWork']>, ParentType, ContextType>;
  export?: Resolver<ResolversTypes['ExportLink'], ParentType, ContextType, RequireFields<MinutesExportArgs, 'format'>>;
  extractive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  fallbackReason?: Resolver<Maybe<ResolversTypes['FallbackReason']>, ParentType, ContextType>;
  generatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  keywords?: Resolver<ReadonlyArray<ResolversTypes['Keyword']>, ParentType, ContextType, Partial<MinutesKeywordsArgs>>;
  language?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  markdown?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  meeting?: Resolver<ResolversTypes['Meeting'], ParentType, ContextType>;
  openQuestions?: Resolver<ReadonlyArray<ResolversTypes['OpenQuestion']>, ParentType, ContextType>;
  outdated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  overview?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  points?: Resolver<ReadonlyArray<ResolversTypes['SummaryPoint']>, ParentType, ContextType>;
  promptVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  providerModel?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  schedule?: Resolver<ReadonlyArray<ResolversTypes['ScheduleSuggestion']>, ParentType, ContextType>;
  transcript?: Resolver<ResolversTypes['Transcript'], ParentType, ContextType>;
  transcriptRevision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MinutesHitResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MinutesHit'] = ResolversParentTypes['MinutesHit']> = {
  highlights?: Resolver<ReadonlyArray<ResolversTypes['TextRange']>, ParentType, ContextType>;
  item?: Resolver<ResolversTypes['MinutesItem'], ParentType, ContextType>;
  minutes?: Resolver<ResolversTypes['Minutes'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type MinutesHitConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MinutesHitConnection'] = ResolversParentTypes['MinutesHitConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MinutesHitEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MinutesHitEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MinutesHitEdge'] = ResolversParentTypes['MinutesHitEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['MinutesHit'], ParentType, ContextType>;
};

export type MinutesItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MinutesItem'] = ResolversParentTypes['MinutesItem']> = {
  __resolveType: TypeResolveFn<'ActionItem' | 'Decision' | 'OpenQuestion' | 'ScheduleSuggestion' | 'SummaryPoint', ParentType, ContextType>;
};

export type MinutesStatisticsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MinutesStatistics'] = ResolversParentTypes['MinutesStatistics']> = {
  accepted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  minutes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rejected?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  suggested?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MinutesUpdateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MinutesUpdate'] = ResolversParentTypes['MinutesUpdate']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  change?: Resolver<ResolversTypes['MinutesChange'], ParentType, ContextType>;
  itemIds?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  minutes?: Resolver<Maybe<ResolversTypes['Minutes']>, ParentType, ContextType>;
};

export type MinutesWriterResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MinutesWriter'] = ResolversParentTypes['MinutesWriter']> = {
  available?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isDefault?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  languages?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['Origin'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  analyzeMeetings?: Resolver<ResolversTypes['AnalyzeMeetingsPayload'], ParentType, ContextType, RequireFields<MutationAnalyzeMeetingsArgs, 'input'>>;
  analyzeTranscript?: Resolver<ResolversTypes['AnalysisPayload'], ParentType, ContextType, RequireFields<MutationAnalyzeTranscriptArgs, 'input'>>;
  generateSchedule?: Resolver<ResolversTypes['AnalysisPayload'], ParentType, ContextType, RequireFields<MutationGenerateScheduleArgs, 'input'>>;
  reviewItem?: Resolver<ResolversTypes['ReviewPayload'], ParentType, ContextType, RequireFields<MutationReviewItemArgs, 'itemId' | 'review'>>;
  reviewItems?: Resolver<ResolversTypes['ReviewItemsPayload'], ParentType, ContextType, RequireFields<MutationReviewItemsArgs, 'input'>>;
};

export type OpenQuestionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OpenQuestion'] = ResolversParentTypes['OpenQuestion']> = {
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['Origin'], ParentType, ContextType>;
  review?: Resolver<ResolversTypes['ReviewState'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  actionItems?: Resolver<ReadonlyArray<Maybe<ResolversTypes['ActionItem']>>, ParentType, ContextType, RequireFields<QueryActionItemsArgs, 'ids'>>;
  languageModelUsage?: Resolver<ResolversTypes['LanguageModelUsage'], ParentType, ContextType, Partial<QueryLanguageModelUsageArgs>>;
  minutes?: Resolver<Maybe<ResolversTypes['Minutes']>, ParentType, ContextType, RequireFields<QueryMinutesArgs, 'id'>>;
  minutesWriters?: Resolver<ReadonlyArray<ResolversTypes['MinutesWriter']>, ParentType, ContextType>;
  searchMinutes?: Resolver<ResolversTypes['MinutesHitConnection'], ParentType, ContextType, RequireFields<QuerySearchMinutesArgs, 'text'>>;
};

export type ReviewItemsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewItemsPayload'] = ResolversParentTypes['ReviewItemsPayload']> = {
  items?: Resolver<ReadonlyArray<ResolversTypes['MinutesItem']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReviewPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewPayload'] = ResolversParentTypes['ReviewPayload']> = {
  item?: Resolver<Maybe<ResolversTypes['MinutesItem']>, ParentType, ContextType>;
  minutes?: Resolver<Maybe<ResolversTypes['Minutes']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ScheduleSuggestionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ScheduleSuggestion'] = ResolversParentTypes['ScheduleSuggestion']> = {
  allDay?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  attendees?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  endsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  icalUid?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  meeting?: Resolver<ResolversTypes['Meeting'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['Origin'], ParentType, ContextType>;
  review?: Resolver<ResolversTypes['ReviewState'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  minutesUpdates?: SubscriptionResolver<ResolversTypes['MinutesUpdate'], "minutesUpdates", ParentType, ContextType, RequireFields<SubscriptionMinutesUpdatesArgs, 'meetingId'>>;
};

export type SummaryPointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SummaryPoint'] = ResolversParentTypes['SummaryPoint']> = {
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['Origin'], ParentType, ContextType>;
  review?: Resolver<ResolversTypes['ReviewState'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  topic?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TaskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Task'] = ResolversParentTypes['Task'], FederationReferenceType extends FederationReferenceTypes['Task'] = FederationReferenceTypes['Task']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Task']> | FederationReferenceType, FederationReferenceType, ContextType>;
  analyses?: Resolver<ReadonlyArray<ResolversTypes['MeetingAnalysis']>, ParentType, ContextType>;
  attempt?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['TaskError']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['TaskKind'], ParentType, ContextType>;
  maxAttempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  meeting?: Resolver<Maybe<ResolversTypes['Meeting']>, ParentType, ContextType>;
  minutes?: Resolver<Maybe<ResolversTypes['Minutes']>, ParentType, ContextType>;
  nextAttemptAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  priority?: Resolver<ResolversTypes['TaskPriority'], ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  requestedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  stage?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TaskStatus'], ParentType, ContextType>;
};

export type TaskErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskError'] = ResolversParentTypes['TaskError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type TextRangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TextRange'] = ResolversParentTypes['TextRange']> = {
  endChar?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  startChar?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TranscriptResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Transcript'] = ResolversParentTypes['Transcript'], FederationReferenceType extends FederationReferenceTypes['Transcript'] = FederationReferenceTypes['Transcript']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Transcript']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  minutes?: Resolver<Maybe<ResolversTypes['Minutes']>, ParentType, ContextType>;
};

export type TranscriptSegmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TranscriptSegment'] = ResolversParentTypes['TranscriptSegment']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type WorkspaceStatisticsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WorkspaceStatistics'] = ResolversParentTypes['WorkspaceStatistics'], FederationReferenceType extends FederationReferenceTypes['WorkspaceStatistics'] = FederationReferenceTypes['WorkspaceStatistics']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['WorkspaceStatistics']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  minutes?: Resolver<ResolversTypes['MinutesStatistics'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ActionItem?: ActionItemResolvers<ContextType>;
  AnalysisPayload?: AnalysisPayloadResolvers<ContextType>;
  AnalyzeMeetingsPayload?: AnalyzeMeetingsPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Decision?: DecisionResolvers<ContextType>;
  DroppedWork?: DroppedWorkResolvers<ContextType>;
  Evidence?: EvidenceResolvers<ContextType>;
  ExportLink?: ExportLinkResolvers<ContextType>;
  FallbackReason?: FallbackReasonResolvers<ContextType>;
  Keyword?: KeywordResolvers<ContextType>;
  LanguageModelUsage?: LanguageModelUsageResolvers<ContextType>;
  Meeting?: MeetingResolvers<ContextType>;
  MeetingAnalysis?: MeetingAnalysisResolvers<ContextType>;
  Minutes?: MinutesResolvers<ContextType>;
  MinutesHit?: MinutesHitResolvers<ContextType>;
  MinutesHitConnection?: MinutesHitConnectionResolvers<ContextType>;
  MinutesHitEdge?: MinutesHitEdgeResolvers<ContextType>;
  MinutesItem?: MinutesItemResolvers<ContextType>;
  MinutesStatistics?: MinutesStatisticsResolvers<ContextType>;
  MinutesUpdate?: MinutesUpdateResolvers<ContextType>;
  MinutesWriter?: MinutesWriterResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  OpenQuestion?: OpenQuestionResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ReviewItemsPayload?: ReviewItemsPayloadResolvers<ContextType>;
  ReviewPayload?: ReviewPayloadResolvers<ContextType>;
  ScheduleSuggestion?: ScheduleSuggestionResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  SummaryPoint?: SummaryPointResolvers<ContextType>;
  Task?: TaskResolvers<ContextType>;
  TaskError?: TaskErrorResolvers<ContextType>;
  TextRange?: TextRangeResolvers<ContextType>;
  Transcript?: TranscriptResolvers<ContextType>;
  TranscriptSegment?: TranscriptSegmentResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  WorkspaceStatistics?: WorkspaceStatisticsResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  eventStream?: EventStreamDirectiveResolver<any, any, ContextType>;
};
