export const MAX_TITLE_LENGTH = 300;

/** Title and description of what was said: a text too long for a title is cut there and kept whole as description. */
export function titleOf(text: string): { readonly title: string; readonly description: string | null } {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= MAX_TITLE_LENGTH) return { title: line, description: null };
  // A cut between the halves of a surrogate pair leaves half a character behind.
  const cut = line.slice(0, MAX_TITLE_LENGTH - 1).replace(/[\ud800-\udbff]$/, '');
  return { title: `${cut.trimEnd()}…`, description: text };
}
