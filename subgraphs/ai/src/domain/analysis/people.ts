import type { AnalysisParticipant } from './draft-minutes.ts';

/** Someone who owns an action item: a participant, or only a name the transcript gives. */
export interface Owner {
  readonly id?: string;
  readonly name: string;
}

/** Finds the participants of a meeting in speech. */
export interface People {
  /** Participants that a text names by name or alias, in the order named. */
  named(text: string): readonly Owner[];
  /** The participant behind a speaker label, else the label itself; undefined for an empty label. */
  speaker(label: string): Owner | undefined;
  /** True when a word is part of a participant's name or alias. Case does not matter. */
  isName(word: string): boolean;
}

const HANGUL = /[가-힣]/u;
const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);

/** Ways to say a participant: full name, aliases, the first of several names, the given name of a Korean name. */
function formsOf({ name, aliases }: AnalysisParticipant): string[] {
  const whole = [name, ...aliases].map((form) => form.trim()).filter((form) => form !== '');
  const short = whole.flatMap((form) => {
    if (/^[가-힣]{3,4}$/u.test(form)) return [form.slice(-2)];
    const first = form.split(/\s+/u)[0] ?? '';
    return first !== form && first.length > 1 ? [first] : [];
  });
  return [...new Set([...whole, ...short])];
}

/** Indexes the participants. A form that two of them share names neither. */
export function indexPeople(participants: readonly AnalysisParticipant[]): People {
  const owners = new Map<string, Owner | undefined>();
  for (const participant of participants) {
    const owner = { id: participant.id, name: participant.name };
    for (const form of formsOf(participant)) {
      const key = form.toLowerCase();
      owners.set(key, owners.has(key) && owners.get(key)?.id !== owner.id ? undefined : owner);
    }
  }
  const forms = [...new Set(participants.flatMap(formsOf))].toSorted(
    (left, right) => right.length - left.length,
  );
  const mention = mentionPattern(forms);
  const words = new Set(forms.flatMap((form) => form.toLowerCase().split(/\s+/u)));
  return {
    named: (text) => {
      if (mention === undefined) return [];
      const found = [...text.matchAll(mention)].map((match) => owners.get(match[0].toLowerCase()));
      return [...new Set(found.filter((owner) => owner !== undefined))];
    },
    speaker: (label) => {
      if (label.trim() === '') return undefined;
      const byId = participants.find((participant) => participant.id === label);
      if (byId !== undefined) return { id: byId.id, name: byId.name };
      return owners.get(label.trim().toLowerCase()) ?? { name: label };
    },
    isName: (word) => words.has(word.toLowerCase()),
  };
}

/** Latin names match whole words as written; Korean ones may carry a title or particle. */
function mentionPattern(forms: readonly string[]): RegExp | undefined {
  if (forms.length === 0) return undefined;
  const parts = forms.map((form) =>
    HANGUL.test(form)
      ? `(?<![가-힣])${escape(form)}(?=\\s?(?:님|씨)|[이가은는께도]|에게|한테|[^가-힣]|$)`
      : `(?<![\\p{L}\\p{N}])${escape(form)}(?![\\p{L}\\p{N}])`,
  );
  return new RegExp(parts.join('|'), 'gu');
}
