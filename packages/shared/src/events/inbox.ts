/**
 * Days that a consumer remembers which events it has handled. Longer than an event stays in its stream (14 days): what
 * is forgotten cannot come again, unless somebody publishes it again.
 */
export const INBOX_KEEP_DAYS = 21;
