import { createHash } from 'node:crypto';
import { PermanentError } from '@hoerok/shared/errors';
import { z } from 'zod';
import { dueContext } from '../domain/analysis/due-date.ts';
import type { AnalysisSegment, DraftMinutes, DraftPoint } from '../domain/analysis/draft-minutes.ts';
import { indexPeople } from '../domain/analysis/people.ts';
import { type GateContext, gateSection, NOTHING_DROPPED } from '../domain/language-model/gates.ts';
import { type JoinedItems, joinItems, numberItems, sumDropped } from '../domain/language-model/join.ts';
import { PROMPT_VERSION, reducePrompt, sectionPrompt } from '../domain/language-model/prompt.ts';
import {
  type ReduceReply,
  reduceReply,
  type SectionReply,
  sectionReply,
} from '../domain/language-model/reply.ts';
import {
  cutIntoSections,
  type SentLine,
  type SentMeeting,
  sentMeeting,
} from '../domain/language-model/sections.ts';
import type { CopiedRequest } from '../domain/writing-request.ts';
import type { LanguageModel, Question } from '../providers/language-model.ts';
import { inParallel } from './in-parallel.ts';
import type { MinutesWriter, WritingJob, WrittenMinutes } from './minutes-writer.ts';

/** Room for what is said around the data, and for a second question. */
const PROMPT_TOKENS = 2_000;
/** Characters of a section's answer at which it is taken to be nearly done. */
const EXPECTED_CHARACTERS = 4_000;
/** Share of the work that the local analysis is, and that the sections are behind it. */
const LOCAL = 0.1;
const JOINING_AT = 0.9;

/**
 * Minutes by a language model: each section of the transcript by a call, then one call over what the gates let through.
 * Keywords and appointments are those of the local analysis, and the overview is when the model's rests on nothing. Each
 * answer is a step of the task.
 */
export function createLlmWriter(deps: {
  readonly model: LanguageModel;
  readonly extractive: MinutesWriter;
}): MinutesWriter {
  const { model, extractive } = deps;
  return {
    name: 'llm',
    origin: 'LLM',
    capabilities: () => ({
      available: model.state() !== 'open',
      model: model.model,
      languages: ['*'],
      note: 'A language model writes; every item quotes the transcript. What was said goes to its provider.',
    }),
    analyze: async (request, job) => {
      const local = await extractive.analyze(request, {
        ...job,
        onStage: (stage, share) => job.onStage(stage, LOCAL * share),
      });
      return await write(model, { request, job, local: local.draft });
    },
  };
}

interface Work {
  readonly request: CopiedRequest;
  readonly job: WritingJob;
  readonly local: DraftMinutes;
}

async function write(model: LanguageModel, { request, job, local }: Work): Promise<WrittenMinutes> {
  const { segments, participants } = request;
  const names = participants.map(({ name }) => name);
  const sent = sentMeeting(segments, names);
  const room = model.maxInputTokens - PROMPT_TOKENS - names.join('').length;
  const sections = cutIntoSections(sent.lines, Math.max(room, PROMPT_TOKENS));
  const replies = await askSections(model, { sections, sent, job, language: local.language });
  const failed = replies.filter((reply) => reply === null).length;
  if (failed > 0 && failed === sections.length)
    throw new PermanentError('PROVIDER_ANSWER', 'The language model answered nothing that can be used.');
  const context = gateContext(request, sent);
  const gated = replies.flatMap((reply, index) => {
    const numbers = new Set(sections[index]?.map(({ n }) => n));
    return reply === null ? [] : [gateSection(reply, { ...context, numbers })];
  });
  const items = numberItems(
    gated.map((section) => section.items),
    Math.max(room, PROMPT_TOKENS),
  );
  job.onStage('joining', JOINING_AT);
  const reply = items.sent.length === 0 ? null : await askReduce(model, { items: items.sent, job, local });
  const dropped = sumDropped([NOTHING_DROPPED, ...gated.map((section) => section.dropped)]);
  return {
    draft: draftOf(joinItems(items, reply), { local, segments }),
    origin: 'LLM',
    provider: 'llm',
    model: model.model,
    promptVersion: PROMPT_VERSION,
    dropped: { ...dropped, sections: failed, ofSections: sections.length },
  };
}

function gateContext(request: CopiedRequest, { nameOf }: SentMeeting): Omit<GateContext, 'numbers'> {
  const { segments, participants, startedAt, timeZone } = request;
  return {
    segments,
    nameOf,
    positions: new Map(segments.map(({ id }, index) => [id, index])),
    people: indexPeople(participants),
    labels: new Set(segments.map(({ speakerLabel }) => speakerLabel)),
    due: dueContext(startedAt, timeZone),
  };
}

async function askSections(
  model: LanguageModel,
  work: {
    readonly sections: readonly (readonly SentLine[])[];
    readonly sent: SentMeeting;
    readonly job: WritingJob;
    readonly language: string;
  },
): Promise<(SectionReply | null)[]> {
  const { sections, sent, job, language } = work;
  const shares = sections.map(() => 0);
  const tell = (index: number, share: number): void => {
    shares[index] = share;
    const done = shares.reduce((sum, one) => sum + one, 0) / sections.length;
    const finished = shares.filter((one) => one === 1).length;
    job.onStage(`writing ${finished}/${sections.length}`, LOCAL + (JOINING_AT - LOCAL) * done);
  };
  return await inParallel(sections, model.concurrency, async (lines, index) => {
    const messages = sectionPrompt({ participants: sent.participants, lines, language });
    const question = { name: 'section_minutes', schema: sectionReply, messages };
    const onText = (count: number): void => tell(index, Math.min(0.95, count / EXPECTED_CHARACTERS));
    const reply = await askOnce(model, question, { job, onText });
    tell(index, 1);
    return reply;
  });
}

async function askReduce(
  model: LanguageModel,
  work: {
    readonly items: Parameters<typeof reducePrompt>[0];
    readonly job: WritingJob;
    readonly local: DraftMinutes;
  },
): Promise<ReduceReply | null> {
  const messages = reducePrompt(work.items, work.local.language);
  return await askOnce(model, { name: 'whole_minutes', schema: reduceReply, messages }, { job: work.job });
}

/** A step for each question: the same words to the same model are paid for once, in whatever attempt they come. */
async function askOnce<T>(
  model: LanguageModel,
  question: Question<T>,
  { job, onText }: { readonly job: WritingJob; readonly onText?: (characters: number) => void },
): Promise<T | null> {
  const words = JSON.stringify([model.model, PROMPT_VERSION, question.name, question.messages]);
  const name = `llm ${createHash('sha256').update(words).digest('hex').slice(0, 32)}`;
  const { taskId, workspaceId, signal } = job;
  const asking = { taskId, workspaceId, signal, ...(onText === undefined ? {} : { onText }) };
  const answer = z.object({ reply: question.schema.nullable() });
  const { reply } = await job.step(name, answer, async () => ({ reply: await model.ask(question, asking) }));
  return reply;
}

function draftOf(
  joined: JoinedItems,
  { local, segments }: { readonly local: DraftMinutes; readonly segments: readonly AnalysisSegment[] },
): DraftMinutes {
  const labels = new Map(segments.map(({ id, speakerLabel }) => [id, speakerLabel]));
  const points = joined.points.map((item): DraftPoint => {
    const topic = topicOf(item.text, local);
    const speakerLabel = labels.get(item.evidence[0]?.segmentId ?? '') ?? '';
    return { ...item, speakerLabel, ...(topic === undefined ? {} : { topic }) };
  });
  const { decisions, openQuestions, actionItems } = joined;
  const { language, keywords, schedule } = local;
  return {
    language,
    keywords,
    ...(schedule === undefined ? {} : { schedule }),
    points,
    decisions,
    openQuestions,
    actionItems,
    overview: joined.overview ?? local.overview,
  };
}

function topicOf(text: string, { keywords }: DraftMinutes): string | undefined {
  const said = text.toLowerCase();
  return keywords.find((keyword) => said.includes(keyword.text.toLowerCase()))?.text;
}
