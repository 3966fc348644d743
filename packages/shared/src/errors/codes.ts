/**
 * The catalogue of error codes, in SCREAMING_SNAKE. A client matches on these; a code never changes its meaning.
 */
export const ERROR_CODES = {
  /** The input does not fit its schema; `path` says where. */
  BAD_INPUT: 'BAD_INPUT',
  /** No valid access token came with the request. */
  UNAUTHENTICATED: 'UNAUTHENTICATED',
  /** The viewer is known and may not do this. */
  FORBIDDEN: 'FORBIDDEN',
  /** No such object in the viewer's workspace, or none that the viewer may see. */
  NOT_FOUND: 'NOT_FOUND',
  /** The object has changed since it was read, or its state does not allow this. */
  CONFLICT: 'CONFLICT',
  /** The bounded queue is full; `retryAfterSeconds` says when to come back. Nothing was accepted. */
  QUEUE_FULL: 'QUEUE_FULL',
  /** Body, file or page larger than the limit. */
  TOO_LARGE: 'TOO_LARGE',
  /** The user has as many sockets and streams open as allowed; close one first. */
  TOO_MANY_CONNECTIONS: 'TOO_MANY_CONNECTIONS',
  /** A dependency is down; the same call may succeed later. */
  UNAVAILABLE: 'UNAVAILABLE',
  /** The operation took longer than its deadline. */
  TIMEOUT: 'TIMEOUT',
  /** The task or request was cancelled. */
  CANCELLED: 'CANCELLED',
  /** A worker crashed on this task as often as it may be tried. */
  CRASH_LOOP: 'CRASH_LOOP',
  /** The process was started with a configuration that it cannot run with. */
  BAD_CONFIGURATION: 'BAD_CONFIGURATION',
  /** A message does not fit its event contract. */
  BAD_MESSAGE: 'BAD_MESSAGE',
  /** A bug or an unknown failure; the log holds the rest under the request id. */
  INTERNAL: 'INTERNAL',
  /** The uploaded or imported text could not be read as captions; the message says where. */
  UNREADABLE_CAPTIONS: 'UNREADABLE_CAPTIONS',
  /** The meeting is not in a state that allows this. */
  WRONG_STATE: 'WRONG_STATE',
  /** E-mail and password do not belong together, or the account is not active; which of them is not said. */
  WRONG_CREDENTIALS: 'WRONG_CREDENTIALS',
  /** Too many sign-ins failed for this e-mail; the message says when to try again. */
  TOO_MANY_ATTEMPTS: 'TOO_MANY_ATTEMPTS',
  /** More operations in a minute than allowed; `retryAfterSeconds` says when to come back. */
  RATE_LIMITED: 'RATE_LIMITED',
  /** The workspace has used up what it may ask for in a day; `resetsAt` says when there is more. */
  QUOTA_EXCEEDED: 'QUOTA_EXCEEDED',
  /** The session has ended, or its refresh token is not (or no longer) valid: sign in again. */
  SESSION_REVOKED: 'SESSION_REVOKED',
  /** The link of a share was revoked, has run out, or was never one. */
  SHARE_ENDED: 'SHARE_ENDED',
  /** The address has an account with a password: sign in instead of opening the link. */
  SIGN_IN_REQUIRED: 'SIGN_IN_REQUIRED',
  /** Nothing that turns speech into text is set up, or not the one that was asked for. What was recorded is kept. */
  STT_NOT_CONFIGURED: 'STT_NOT_CONFIGURED',
  /** Somebody who takes part does not agree, or not yet, to what is said being recorded. */
  CONSENT_REFUSED: 'CONSENT_REFUSED',
  /** By its first bytes the file is no recording of a kind that is taken. */
  UNSUPPORTED_RECORDING: 'UNSUPPORTED_RECORDING',
  /** The recording could not be read or cut; the message says what would help. */
  UNREADABLE_RECORDING: 'UNREADABLE_RECORDING',
  /** Nothing is said in the recording. */
  NO_SPEECH: 'NO_SPEECH',
  /** A provider outside refuses the request for good: its key, its model or what was sent is wrong. */
  PROVIDER_REFUSED: 'PROVIDER_REFUSED',
  /** A provider outside answered with what cannot be used: too much, or not in the form it promises. */
  PROVIDER_ANSWER: 'PROVIDER_ANSWER',
  /** No language model is set up. */
  LLM_NOT_CONFIGURED: 'LLM_NOT_CONFIGURED',
  /** The workspace has used up the language model tokens of the month. */
  BUDGET_SPENT: 'BUDGET_SPENT',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;
