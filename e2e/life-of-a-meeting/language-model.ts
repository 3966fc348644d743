import {
  AS_IT_IS,
  type ChatCall,
  type ChatServer,
  dataOf,
  isReduce,
  NOTHING,
} from '../../subgraphs/ai/test/chat-server.ts';
import type { Language, Noted } from './languages.ts';

/** Has the server be away for so many calls, and then answer what the model is to note of the meeting. */
export function failThenWrite(chat: ChatServer, failures: number, pack: Language): void {
  chat.calls.splice(0);
  chat.answer = (call, index) => {
    if (index < failures) return { status: 503 };
    if (isReduce(call)) return { json: { ...AS_IT_IS, overview: [{ text: pack.overview, items: [1] }] } };
    const decisions = [quoting(call, pack.decision)];
    return {
      json: { ...NOTHING, decisions, actionItems: pack.actions.map((action) => quoting(call, action)) },
    };
  };
}

function quoting(call: ChatCall, { said, ...item }: Noted): object {
  const line = dataOf(call).lines.find(({ text }) => text.includes(said));
  return { ...item, evidence: [{ segment: line?.n ?? 0, quote: line?.text ?? '' }] };
}
