/** A line taken apart: who speaks, when the line says so, and what is said. */
export interface LabeledLine {
  readonly speaker?: string;
  readonly text: string;
}

/** The speaker labels that one file uses. */
export interface SpeakerLabels {
  /** Takes a label off the front of a line when it is one of this file's speakers. */
  split(line: string): LabeledLine;
}

const MAX_NAME_CHARS = 60;
/** A name with its role: "Mr. Kim (Head of Sales, Marketing and Support)". */
const MAX_LABEL_CHARS = 120;
const MAX_LABEL_WORDS = 6;
const PREFIX = String.raw`^(?:[-–•]\s?|>>>?\s?)?`;
// "Name: text" and "김민준:안녕하세요", but neither "10:30" nor "https://".
const COLON_LABEL = new RegExp(
  String.raw`${PREFIX}([^:：\[\]]{1,${MAX_LABEL_CHARS}})(?::(?=\s|$|\p{Script=Hangul})|：)(.*)$`,
  'su',
);
const BRACKET_LABEL = new RegExp(String.raw`${PREFIX}\[([^\[\]:]{1,${MAX_LABEL_CHARS}})\]:?\s+(\S.*)$`, 'su');
const NOT_IN_A_NAME = /[?!…。？！;"“”<>{}=\\|]|\p{L}{4,}\.(?<!Prof\.)(?=\s)|\.$|,.*,/u;
const KOREAN_SENTENCE_WORD = /\p{Script=Hangul}[은는을를요다면고서데](?:\s|$)/u;

/** Words that stand before a colon without being anyone's name, and sounds that stand in brackets. */
const NOT_NAMES = new Set(
  (
    'note,notes,nb,ps,todo,to do,warning,caution,example,for example,update,summary,agenda,action,action item,' +
    'action items,decision,decisions,topic,question,answer,step,option,item,part,chapter,section,fyi,re,http,' +
    'https,ok,okay,so,well,yes,no,first,second,third,finally,next,remember,look,now,because,then,and,but,or,also,' +
    'meaning,namely,music,applause,laughter,laughs,inaudible,crosstalk,silence,noise,cough,' +
    '참고,주의,예,예시,메모,안건,결론,결정,질문,답변,할 일,요약,음악,박수,웃음,잡음'
  ).split(','),
);

interface LabelUse {
  count: number;
  /** The second label that follows every time ("HQ" in "Dr. Kim: HQ: text"), or null when it differs. */
  follower: string | null;
}

/**
 * Learns which labels before a colon or in brackets are speakers, from the whole file.
 * In a file where enough blocks begin with a label, or whose first block does and labels repeat, a label that looks
 * like a name counts, and any label that repeats; elsewhere only a repeated one that looks like a name. "Note:",
 * clock times, URLs and sentences never count.
 * @param blocks cues or lines of text, each as its lines; a cue may hold several speakers, one a line.
 * @param enough share of blocks that begin with a label; cues usually all do, lines of a long turn do not.
 */
export function learnSpeakerLabels(blocks: readonly (readonly string[])[], enough: number): SpeakerLabels {
  const uses = new Map<string, LabelUse>();
  let labeledBlocks = 0;
  for (const block of blocks) {
    if (readLabel(block[0] ?? '')) labeledBlocks += 1;
    for (const line of block) countUse(uses, line);
  }
  const opensWithLabel = readLabel(blocks[0]?.[0] ?? '') !== undefined;
  const repeated = [...uses].some(([label, use]) => use.count > 1 && looksLikeName(label));
  const isLabeledFile = labeledBlocks >= blocks.length * enough || (opensWithLabel && repeated);
  for (const [label, use] of uses) if (!isSpeaker(label, use.count, isLabeledFile)) uses.delete(label);
  return { split: (line) => splitLine(uses, line) };
}

/** Whether a label standing alone (a heading, a label beside a time) can be a name at all. */
export function canBeName(label: string): boolean {
  const name = withoutRole(label);
  return (
    name.length <= MAX_NAME_CHARS &&
    /\p{L}/u.test(name) &&
    !NOT_IN_A_NAME.test(name) &&
    name.split(/\s+/).length <= MAX_LABEL_WORDS &&
    !NOT_NAMES.has(name.toLowerCase().replace(/\s*\d+$/, ''))
  );
}

/** Takes a role in brackets off the end of a name: it may hold any words and commas. */
function withoutRole(label: string): string {
  const bracket = label.indexOf('(');
  return bracket > 0 && label.endsWith(')') ? label.slice(0, bracket).trim() : label;
}

interface Label {
  readonly label: string;
  readonly text: string;
}

function readLabel(line: string): Label | undefined {
  const [, name, text] = COLON_LABEL.exec(line) ?? BRACKET_LABEL.exec(line) ?? [];
  const label = name?.replace(/\s+/g, ' ').trim();
  return label && canBeName(label) ? { label, text: (text ?? '').trim() } : undefined;
}

function countUse(uses: Map<string, LabelUse>, line: string): void {
  const found = readLabel(line);
  if (!found) return;
  const follower = readLabel(found.text)?.label ?? null;
  const use = uses.get(found.label);
  if (!use) uses.set(found.label, { count: 1, follower });
  else {
    use.count += 1;
    if (use.follower !== follower) use.follower = null;
  }
}

function isSpeaker(label: string, count: number, isLabeledFile: boolean): boolean {
  const repeats = count > 1;
  if (withoutRole(label).includes(',') && !repeats) return false; // "Lee, Dana" is a name, "Well, one thing" is not
  if (!isLabeledFile) return repeats && looksLikeName(label);
  if (repeats) return true;
  const isKoreanPhrase = label.includes(' ') && KOREAN_SENTENCE_WORD.test(label);
  return !isKoreanPhrase && (looksLikeName(label) || !label.includes(' '));
}

/** Every word begins with a capital, a digit, a bracket or a letter without case; "van", "de" and the like may not. */
function looksLikeName(label: string): boolean {
  return withoutRole(label)
    .split(/\s+/)
    .every((word) =>
      /^(?:[dlo]['’])?[\p{Lu}\p{Lt}\p{Lo}\p{N}(#@&/-]|^(?:of|the|de|da|di|van|von|der|den|bin|al|and)$/u.test(
        word,
      ),
    );
}

function splitLine(uses: ReadonlyMap<string, LabelUse>, line: string): LabeledLine {
  const found = readLabel(line);
  const use = found && uses.get(found.label);
  if (!found || !use) return { text: line };
  if (use.count < 2 || use.follower === null) return { speaker: found.label, text: found.text };
  // The same second label after every use of the first belongs to the name.
  const rest = readLabel(found.text)?.text ?? '';
  return { speaker: `${found.label}: ${use.follower}`, text: rest };
}
