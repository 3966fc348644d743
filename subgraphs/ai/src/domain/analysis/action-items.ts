import { type ActionCandidate, accepts, actionCandidates } from './action-candidates.ts';
import { namedDoer } from './action-cues.ts';
import { statementText } from './cleaning.ts';
import { dueContext, readDueDate } from './due-date.ts';
import type { AnalysisRequest, DraftActionItem, DraftEvidence } from './draft-minutes.ts';
import { readKoreanDue } from './korean-due-date.ts';
import type { Owner, People } from './people.ts';
import { evidenceOf, type Sentence } from './sentences.ts';
import type { DueContext } from './spoken-date.ts';

const MAX_ITEMS = 10;
const REPLY_WITHIN = 3;
const MERGE_BONUS = 0.15;
// A reply shorter than this ("I will", "네, 제가 할게요") does not tell the work; the request does.
const TELLING_WORDS = 7;

interface Commitment {
  readonly candidate: ActionCandidate;
  /** Sentences that state it, in time order: the request and the answer, or one sentence. */
  readonly sentences: readonly Sentence[];
  readonly owner: Owner | undefined;
  readonly text: string;
}

/**
 * The suggested action items of a meeting, at most 10 of the most confident, in time order. A request and the promise
 * that answers it become one item. Throws RangeError for an invalid start instant or time zone.
 */
export function findActionItems(
  request: AnalysisRequest,
  sentences: readonly Sentence[],
  people: People,
): DraftActionItem[] {
  let context = dueContext(request.startedAt, request.timeZone);
  const hasDue = (text: string): boolean => readKoreanDue(text, context) !== undefined;
  const commitments = mergeAnswers(sentences, actionCandidates(sentences, people, hasDue), people);
  const kept = commitments
    .toSorted((left, right) => right.candidate.confidence - left.candidate.confidence)
    .slice(0, MAX_ITEMS)
    .toSorted((left, right) => left.candidate.at - right.candidate.at);
  return kept.map((commitment) => {
    const item = draftItem(commitment, request, context);
    if (item.previous !== undefined) context = { ...context, previous: item.previous };
    return item.draft;
  });
}

function mergeAnswers(
  sentences: readonly Sentence[],
  candidates: readonly ActionCandidate[],
  people: People,
): Commitment[] {
  const byIndex = new Map(candidates.map((candidate) => [candidate.at, candidate]));
  const answered = new Set<number>();
  return candidates.flatMap((candidate) => {
    const sentence = sentences[candidate.at];
    if (sentence === undefined || answered.has(candidate.at)) return [];
    const answerAt =
      candidate.kind === 'REQUEST' ? promiseAfter(sentences, byIndex, candidate.at) : undefined;
    const answer = answerAt === undefined ? undefined : sentences[answerAt];
    if (answerAt === undefined || answer === undefined) {
      const owner = ownerOf(sentences, candidate, people);
      return [{ candidate, sentences: [sentence], owner, text: statementText(sentence.text) }];
    }
    answered.add(answerAt);
    const confidence = Math.min(
      0.95,
      Math.max(candidate.confidence, byIndex.get(answerAt)?.confidence ?? 0) + MERGE_BONUS,
    );
    const telling = answer.length >= TELLING_WORDS ? answer : sentence;
    return [
      {
        candidate: { ...candidate, confidence },
        sentences: [sentence, answer],
        owner: people.speaker(answer.speakerLabel),
        text: statementText(telling.text),
      },
    ];
  });
}

/** The promise by which the next speaker answers a request. */
function promiseAfter(
  sentences: readonly Sentence[],
  candidates: ReadonlyMap<number, ActionCandidate>,
  at: number,
): number | undefined {
  const asker = sentences[at]?.speakerLabel;
  for (let next = at + 1; next <= at + REPLY_WITHIN; next += 1) {
    const reply = sentences[next];
    if (reply === undefined || reply.speakerLabel === asker) continue;
    if (candidates.get(next)?.kind === 'PROMISE') return next;
  }
  return undefined;
}

function ownerOf(
  sentences: readonly Sentence[],
  candidate: ActionCandidate,
  people: People,
): Owner | undefined {
  const sentence = sentences[candidate.at];
  if (sentence === undefined) return undefined;
  if (candidate.kind === 'PROMISE') return people.speaker(sentence.speakerLabel);
  const named = people
    .named(sentence.text)
    .filter((owner) => owner.name !== people.speaker(sentence.speakerLabel)?.name);
  if (named.length > 0) return named[0];
  const doer = namedDoer(sentence.text);
  if (doer !== undefined) return { name: doer };
  return candidate.kind === 'REQUEST' ? acceptingSpeaker(sentences, candidate.at, people) : undefined;
}

function acceptingSpeaker(sentences: readonly Sentence[], at: number, people: People): Owner | undefined {
  const asker = sentences[at]?.speakerLabel;
  const reply = sentences.slice(at + 1, at + 1 + REPLY_WITHIN).find((next) => next.speakerLabel !== asker);
  return reply !== undefined && accepts(reply) ? people.speaker(reply.speakerLabel) : undefined;
}

function draftItem(
  { candidate, sentences, owner, text }: Commitment,
  request: AnalysisRequest,
  context: DueContext,
): { draft: DraftActionItem; previous: DueContext['previous'] } {
  const evidence: DraftEvidence[] = sentences.flatMap((sentence) => evidenceOf(sentence, request.segments));
  // The answer knows best when: its date goes before the one that was asked for.
  const due = evidence
    .toReversed()
    .map(({ quote }) => readDueDate(quote, context))
    .find((found) => found !== undefined);
  const draft = {
    text,
    evidence,
    confidence: Math.round(candidate.confidence * 100) / 100,
    ...(owner?.id === undefined ? {} : { assigneeId: owner.id }),
    ...(owner === undefined ? {} : { assigneeName: owner.name }),
    ...(due === undefined ? {} : { dueAt: due.dueAt, dueText: due.dueText }),
  };
  return { draft, previous: due?.date };
}
