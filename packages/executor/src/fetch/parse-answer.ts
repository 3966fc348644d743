import type { InternNode } from '../entities/intern.ts';
import { type JsonObject, setField } from './subgraph-fetch.ts';

/** JSON of an answer as values, with what the answer repeats being the very same object wherever it stands. */
export interface ParsedAnswer {
  readonly value: unknown;
  /** Characters of what stood there before. */
  readonly repeatedChars: number;
}

/** So many different objects of one position are looked for; with more, little is repeated. */
const MAX_CANDIDATES = 32;

/**
 * Parses an answer, looking out for repetitions at the positions of the node, which is that of `data`. An object whose text has
 * come before at its position is that object: it is recognized by comparing the text, without being parsed or made again.
 * @throws SyntaxError when the text is not JSON.
 */
export function parseAnswer(text: string, data: InternNode): ParsedAnswer {
  const parser = new AnswerParser(text);
  const answer: InternNode = { below: new Map([['data', data]]), intern: null };
  try {
    const value = parser.whole(answer);
    return { value, repeatedChars: parser.repeatedChars };
  } catch {
    // It says better what is wrong, and is the judge of what is.
    return { value: JSON.parse(text) as unknown, repeatedChars: 0 };
  }
}

interface Candidate {
  readonly text: string;
  readonly object: JsonObject;
}

/** What is known of the objects at a position. */
interface Known {
  readonly candidates: Candidate[];
  /** Things are repeated in the order in which they came: where the next one is expected. */
  next: number;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const NOT_JSON = 'not JSON';
const [QUOTE, BACKSLASH, COMMA, COLON] = [34, 92, 44, 58];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

/** One pass over one text. A class: its state is read for every character. */
class AnswerParser {
  repeatedChars = 0;
  readonly #text: string;
  readonly #known = new Map<InternNode, Known>();
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(node: InternNode): unknown {
    const value = this.#value(node);
    this.#peek();
    if (this.#at < this.#text.length) throw new SyntaxError(NOT_JSON);
    return value;
  }

  #value(node: InternNode | null): unknown {
    const first = this.#peek();
    if (first === QUOTE) return this.#string();
    if (first === OPEN_OBJECT) return node === null ? this.#opaque() : this.#object(node);
    if (first === OPEN_LIST) return node === null ? this.#opaque() : this.#list(node);
    return this.#literal(first);
  }

  #object(node: InternNode): JsonObject {
    if (node.intern === null) return this.#fields(node);
    let known = this.#known.get(node);
    if (known === undefined) this.#known.set(node, (known = { candidates: [], next: 0 }));
    const repeated = this.#repeated(known);
    if (repeated !== null) return repeated;
    const start = this.#at;
    const object = this.#fields(node);
    if (known.candidates.length < MAX_CANDIDATES)
      known.candidates.push({ text: this.#text.slice(start, this.#at), object });
    return object;
  }

  // An object's text ends with the brace that closes it, so it is never the beginning of another one's.
  #repeated(known: Known): JsonObject | null {
    const { candidates, next } = known;
    const count = candidates.length;
    for (let turn = 0; turn < count; turn += 1) {
      const index = (next + turn) % count;
      const candidate = candidates[index];
      if (candidate === undefined) continue;
      // Ten times faster than startsWith: equal lengths are compared as memory.
      if (this.#text.slice(this.#at, this.#at + candidate.text.length) !== candidate.text) continue;
      this.#at += candidate.text.length;
      this.repeatedChars += candidate.text.length;
      known.next = index + 1;
      return candidate.object;
    }
    return null;
  }

  #fields(node: InternNode): JsonObject {
    const object: JsonObject = {};
    this.#at += 1;
    if (this.#peek() === CLOSE_OBJECT) {
      this.#at += 1;
      return object;
    }
    for (;;) {
      if (this.#peek() !== QUOTE) throw new SyntaxError(NOT_JSON);
      const key = this.#string();
      this.#expect(COLON);
      const value = this.#value(node.below.get(key) ?? null);
      setField(object, key, value);
      if (this.#ends(CLOSE_OBJECT)) return object;
    }
  }

  #list(node: InternNode): unknown[] {
    const list: unknown[] = [];
    this.#at += 1;
    if (this.#peek() === CLOSE_LIST) {
      this.#at += 1;
      return list;
    }
    for (;;) {
      list.push(this.#value(node));
      if (this.#ends(CLOSE_LIST)) return list;
    }
  }

  // A list or object in which nothing is looked for.
  #opaque(): unknown {
    const text = this.#text;
    const start = this.#at;
    let depth = 0;
    for (;;) {
      const char = text.charCodeAt(this.#at);
      this.#at += 1;
      if (char === QUOTE) this.#at = this.#endOfString(this.#at) + 1;
      else if (char === OPEN_OBJECT || char === OPEN_LIST) depth += 1;
      else if (char === CLOSE_OBJECT || char === CLOSE_LIST) {
        depth -= 1;
        if (depth === 0) return JSON.parse(text.slice(start, this.#at));
      } else if (Number.isNaN(char)) throw new SyntaxError(NOT_JSON);
    }
  }

  #string(): string {
    const start = this.#at + 1;
    const end = this.#endOfString(start);
    this.#at = end + 1;
    const raw = this.#text.slice(start, end);
    return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
  }

  #endOfString(from: number): number {
    const text = this.#text;
    let end = text.indexOf('"', from);
    while (end !== -1) {
      let before = end - 1;
      while (before >= from && text.charCodeAt(before) === BACKSLASH) before -= 1;
      if ((end - before) % 2 === 1) return end;
      end = text.indexOf('"', end + 1);
    }
    throw new SyntaxError(NOT_JSON);
  }

  #literal(first: number): unknown {
    const text = this.#text;
    for (const [word, value] of WORDS) {
      if (first !== word.charCodeAt(0) || !text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    NUMBER.lastIndex = this.#at;
    const number = NUMBER.exec(text)?.[0];
    if (number === undefined) throw new SyntaxError(NOT_JSON);
    this.#at += number.length;
    return Number(number);
  }

  // The next character that is no space; NaN at the end.
  #peek(): number {
    let char = this.#text.charCodeAt(this.#at);
    while (char === 32 || char === 10 || char === 13 || char === 9) {
      this.#at += 1;
      char = this.#text.charCodeAt(this.#at);
    }
    return char;
  }

  #expect(char: number): void {
    if (this.#peek() !== char) throw new SyntaxError(NOT_JSON);
    this.#at += 1;
  }

  #ends(close: number): boolean {
    const char = this.#peek();
    if (char !== close && char !== COMMA) throw new SyntaxError(NOT_JSON);
    this.#at += 1;
    return char === close;
  }
}

const WORDS: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
];
