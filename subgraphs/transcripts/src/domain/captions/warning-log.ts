import type { CaptionWarning, CaptionWarningCode } from './captions-result.ts';

const MAX_LISTED = 50;

/** Collects warnings; keeps the first 50 and counts the rest, so that a broken 20 MiB file stays cheap. */
export interface WarningLog {
  add(code: CaptionWarningCode, message: string, line?: number): void;
  /** The first warning of a code, if there is one. */
  first(code: CaptionWarningCode): CaptionWarning | undefined;
  /** Those listed, followed by one `MORE_WARNINGS` when some were only counted. */
  list(): readonly CaptionWarning[];
}

/** An empty {@link WarningLog}. */
export function createWarningLog(): WarningLog {
  const listed: CaptionWarning[] = [];
  let uncounted = 0;
  return {
    add(code, message, line): void {
      if (listed.length >= MAX_LISTED) uncounted += 1;
      else listed.push(line === undefined ? { code, message } : { code, message, line });
    },
    first: (code) => listed.find((warning) => warning.code === code),
    list: () =>
      uncounted === 0
        ? listed
        : [...listed, { code: 'MORE_WARNINGS', message: `${uncounted} more warnings are not listed.` }],
  };
}
