const CONSONANT = '[^aeiou]';
const VOWEL = '[aeiouy]';
const CONSONANTS = `${CONSONANT}[^aeiouy]*`;
const VOWELS = `${VOWEL}[aeiou]*`;
const MEASURE_1_UP = new RegExp(`^(?:${CONSONANTS})?${VOWELS}${CONSONANTS}`, 'u');
const MEASURE_1 = new RegExp(`^(?:${CONSONANTS})?${VOWELS}${CONSONANTS}(?:${VOWELS})?$`, 'u');
const MEASURE_2_UP = new RegExp(`^(?:${CONSONANTS})?${VOWELS}${CONSONANTS}${VOWELS}${CONSONANTS}`, 'u');
const HAS_VOWEL = new RegExp(`^(?:${CONSONANTS})?${VOWEL}`, 'u');
const ENDS_CVC = new RegExp(`^${CONSONANTS}${VOWEL}[^aeiouwxy]$`, 'u');

const STEP_2: readonly (readonly [string, string])[] = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['izer', 'ize'],
  ['bli', 'ble'],
  ['alli', 'al'],
  ['entli', 'ent'],
  ['eli', 'e'],
  ['ousli', 'ous'],
  ['ization', 'ize'],
  ['ation', 'ate'],
  ['ator', 'ate'],
  ['alism', 'al'],
  ['iveness', 'ive'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['aliti', 'al'],
  ['iviti', 'ive'],
  ['biliti', 'ble'],
  ['logi', 'log'],
];
const STEP_3: readonly (readonly [string, string])[] = [
  ['icate', 'ic'],
  ['ative', ''],
  ['alize', 'al'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ful', ''],
  ['ness', ''],
];
const STEP_4 =
  /^(.+?)(?:al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize|(?<=[st])ion)$/u;

function step1(word: string): string {
  let stem = word.replace(/^(.+?)(ss|i)es$/u, '$1$2').replace(/^(.+?)([^s])s$/u, '$1$2');
  const eed = /^(.+?)eed$/u.exec(stem);
  if (eed?.[1] !== undefined) {
    if (MEASURE_1_UP.test(eed[1])) stem = stem.slice(0, -1);
  } else {
    const base = /^(.+?)(?:ed|ing)$/u.exec(stem)?.[1];
    if (base !== undefined && HAS_VOWEL.test(base)) stem = restoreEnding(base);
  }
  const y = /^(.+?)y$/u.exec(stem)?.[1];
  return y !== undefined && HAS_VOWEL.test(y) ? `${y}i` : stem;
}

function restoreEnding(base: string): string {
  if (/(?:at|bl|iz)$/u.test(base)) return `${base}e`;
  if (/([^aeiouylsz])\1$/u.test(base)) return base.slice(0, -1);
  return ENDS_CVC.test(base) ? `${base}e` : base;
}

function replaceSuffix(word: string, suffixes: readonly (readonly [string, string])[]): string {
  let longest: readonly [string, string] | undefined;
  for (const pair of suffixes) {
    if (word.endsWith(pair[0]) && pair[0].length > (longest?.[0].length ?? 0)) longest = pair;
  }
  if (longest === undefined) return word;
  const stem = word.slice(0, -longest[0].length);
  return MEASURE_1_UP.test(stem) ? stem + longest[1] : word;
}

function step5(word: string): string {
  let stem = word;
  const e = /^(.+?)e$/u.exec(stem)?.[1];
  if (e !== undefined && (MEASURE_2_UP.test(e) || (MEASURE_1.test(e) && !ENDS_CVC.test(e)))) stem = e;
  return stem.endsWith('ll') && MEASURE_2_UP.test(stem) ? stem.slice(0, -1) : stem;
}

/**
 * The stem of a lower-case English word by Porter's algorithm (1980, with the author's later `bli` and `logi`).
 * Words of one or two letters, and words with other than a to z, come back unchanged.
 */
export function porterStem(word: string): string {
  if (word.length < 3 || !/^[a-z]+$/u.test(word)) return word;
  // A leading y is a consonant; the capital hides it from the vowel class.
  const start = word.startsWith('y') ? `Y${word.slice(1)}` : word;
  const third = replaceSuffix(replaceSuffix(step1(start), STEP_2), STEP_3);
  const base = STEP_4.exec(third)?.[1];
  const fourth = base !== undefined && MEASURE_2_UP.test(base) ? base : third;
  return step5(fourth).toLowerCase();
}
