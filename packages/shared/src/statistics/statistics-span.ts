import { z } from 'zod';
import { seesWholeWorkspace, type Viewer } from '../auth/index.ts';
import { AppError } from '../errors/index.ts';

/** Longest span: a little over five years. */
const MOST_DAYS = 1_830;
const DAY_MS = 24 * 3_600_000;

/** A span of time of one workspace: `from` is in it, `to` is not. */
export interface StatisticsSpan {
  readonly workspaceId: string;
  readonly from: Date;
  readonly to: Date;
}

const instant = z.iso.datetime().transform((text) => new Date(text));
const key = z.tuple([z.string(), instant, instant]);

/** The span with the id of its entity `WorkspaceStatistics`, by which every subgraph counts the same. */
export interface IdentifiedSpan extends StatisticsSpan {
  readonly id: string;
}

/**
 * The statistics a viewer asks for.
 * @throws AppError `FORBIDDEN` for all but ADMIN and MANAGER; `BAD_INPUT` when the span is empty or longer than five years.
 */
export function openSpan(viewer: Viewer, { from, to }: { from: Date; to: Date }): IdentifiedSpan {
  requireOverview(viewer);
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (!(days > 0 && days <= MOST_DAYS))
    throw new AppError('BAD_INPUT', `to: has to be after from, by at most ${MOST_DAYS} days.`, {
      logLevel: 'debug',
      extensions: { path: ['to'] },
    });
  const parts = [viewer.workspaceId, from.toISOString(), to.toISOString()];
  const id = Buffer.from(JSON.stringify(parts)).toString('base64url');
  return { id, workspaceId: viewer.workspaceId, from, to };
}

/** The span behind an id; null for one that is not of the viewer's workspace. @throws AppError `FORBIDDEN` as {@link openSpan}. */
export function readSpan(viewer: Viewer, id: string): IdentifiedSpan | null {
  requireOverview(viewer);
  const read = key.safeParse(decode(id));
  if (!read.success || read.data[0] !== viewer.workspaceId) return null;
  const [workspaceId, from, to] = read.data;
  return { id, workspaceId, from, to };
}

function decode(id: string): unknown {
  try {
    return JSON.parse(Buffer.from(id, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function requireOverview(viewer: Viewer): void {
  if (seesWholeWorkspace(viewer)) return;
  throw new AppError('FORBIDDEN', 'Statistics of a workspace are for ADMIN and MANAGER.', {
    logLevel: 'debug',
  });
}
