import type { InternNode } from '../entities/intern.ts';
import { parseAnswer } from './parse-answer.ts';

/** Reads the answer to one fetch. */
export interface AnswerReader {
  /** `JSON.parse`, or what does the same with equal objects made one. @throws SyntaxError when the text is not JSON. */
  readonly parse: (text: string) => unknown;
  /** True when equal objects of the answer are one already. */
  readonly isInterned: () => boolean;
}

/** What past answers to a fetch have been like. It stays with the compiled fetch. */
export interface AnswerHabit {
  /** So many answers are still parsed natively before the next is tried for repetitions. */
  nativeAnswers: number;
}

/** Below this, looking for repetitions costs more than it saves. */
const MIN_CHARS = 1_000;
/** How long an answer that repeats little speaks for those after it. */
const NATIVE_ANSWERS = 100;

/** Creates a reader. @param node where in `data` equal objects become one; `null` when nowhere. */
export function createAnswerReader(node: InternNode | null, habit: AnswerHabit): AnswerReader {
  let isInterned = false;
  return {
    isInterned: () => isInterned,
    parse: (text) => {
      if (node === null || text.length < MIN_CHARS) return JSON.parse(text) as unknown;
      if (habit.nativeAnswers > 0) {
        habit.nativeAnswers -= 1;
        return JSON.parse(text) as unknown;
      }
      const { value, repeatedChars } = parseAnswer(text, node);
      if (repeatedChars * 2 < text.length) habit.nativeAnswers = NATIVE_ANSWERS;
      isInterned = true;
      return value;
    },
  };
}
