/** A question to a process of this run. */
export interface AskMessage {
  readonly ask: number;
  readonly name: string;
  readonly input: unknown;
}

/** Its answer. */
export interface AnswerMessage {
  readonly answer: number;
  readonly value?: unknown;
  readonly failure?: string;
}

/** Answers one kind of question. The input is what the other side of this benchmark sends. */
export type Answerer = (input: never) => unknown;

/** Answers the questions of the parent process. Several parts of one process may do so, each for names of its own. */
export function answerAsks(answerers: Readonly<Record<string, Answerer>>): void {
  process.on('message', (message: AskMessage | object) => {
    if (!('ask' in message)) return;
    const answerer = answerers[message.name];
    if (answerer === undefined) return;
    const reply = (answer: Omit<AnswerMessage, 'answer'>): void =>
      void process.send?.({ answer: message.ask, ...answer });
    Promise.resolve()
      .then(() => answerer(message.input as never))
      .then(
        (value: unknown) => reply({ value }),
        (error: unknown) =>
          reply({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
  });
}

/** Whether a message is an answer, and not one that a library has sent over the same channel. */
export function isAnswer(message: object): message is AnswerMessage {
  return 'answer' in message;
}
