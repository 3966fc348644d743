import { z } from 'zod';
import { recorded } from './client.ts';
import type { Sockets } from './sockets.ts';
import type { Team } from './world.ts';

/** Waits for the minutes of meetings that were imported. */
export interface MinutesWatch {
  readonly imported: (meetingId: string) => void;
  /** Seconds from the end of the import's request to the minutes, sorted; those of before are forgotten. */
  readonly takeTimes: () => number[];
  /** Meetings whose minutes are not there yet. */
  readonly open: () => number;
}

const TASK = z.object({
  myTaskUpdated: z.object({
    kind: z.string(),
    status: z.string(),
    meeting: z.object({ id: z.string() }).nullable(),
  }),
});

/** Listens to the tasks of each team's organizer, who is the one to import. */
export async function watchMinutes(sockets: Sockets, teams: readonly Team[]): Promise<MinutesWatch> {
  const importedAt = new Map<string, number>();
  /** Whose minutes came before the answer to the import did. */
  const early = new Set<string>();
  let times: number[] = [];
  for (const { people } of teams) {
    await sockets.open({
      accessToken: people[0]?.accessToken ?? '',
      query: recorded('my-task-updated'),
      variables: {},
      onEvent: (data) => {
        const { kind, status, meeting } = TASK.parse(data).myTaskUpdated;
        if (kind !== 'MINUTES' || status !== 'COMPLETED' || meeting === null) return;
        const at = importedAt.get(meeting.id);
        if (at === undefined) return void early.add(meeting.id);
        importedAt.delete(meeting.id);
        times.push((performance.now() - at) / 1_000);
      },
    });
  }
  return {
    imported: (meetingId) => {
      if (early.delete(meetingId)) times.push(0);
      else importedAt.set(meetingId, performance.now());
    },
    takeTimes: () => {
      const taken = times.sort((a, b) => a - b);
      times = [];
      return taken;
    },
    open: () => importedAt.size,
  };
}
