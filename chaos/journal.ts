import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/** One line of a journal: what a client asked for, or was told. */
export interface JournalLine {
  readonly what: 'invoke' | 'ok' | 'fail';
  readonly op: string;
  readonly reason?: string;
}

/** What the clients know after a run. */
export interface JournalSummary {
  readonly invoked: ReadonlySet<string>;
  /** Told to be accepted: these must not be lost. */
  readonly accepted: ReadonlySet<string>;
  /** Answers that were errors; the operation may have been accepted all the same. */
  readonly refusals: number;
}

/** Opens a journal for appending; a line that `write` has returned for survives whatever comes. */
export function openJournal(path: string): { write: (line: JournalLine) => void; close: () => void } {
  const descriptor = openSync(path, 'a');
  return {
    write: (line) => {
      writeSync(descriptor, `${JSON.stringify(line)}\n`);
      fsyncSync(descriptor);
    },
    close: () => closeSync(descriptor),
  };
}

/** Reads a journal, also while it is written: a last line without its end is left out. */
export function readJournal(path: string): JournalSummary {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  const parsed = lines.map((line) => JSON.parse(line) as JournalLine);
  const opsOf = (what: JournalLine['what']): Set<string> =>
    new Set(parsed.filter((line) => line.what === what).map(({ op }) => op));
  return {
    invoked: opsOf('invoke'),
    accepted: opsOf('ok'),
    refusals: parsed.filter(({ what }) => what === 'fail').length,
  };
}
