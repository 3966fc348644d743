import { MEETING_DELETION } from '@hoerok/shared/access';
import { sagaStepEnded, sagaStepRequested } from '@hoerok/shared/contracts';
import { connectMessaging, qualify } from '@hoerok/shared/messaging';
import { publishEvent, testServers } from '@hoerok/shared/testing';

/** Stands in for the services that keep what belongs to meetings: does what the deletion of one asks of them. */
export interface Keepers extends AsyncDisposable {
  /** What they were asked for one deletion, as `<service> <DO or UNDO> <participant>`, in order, each once. */
  readonly askedFor: (sagaId: string | undefined) => string[];
  /** Asks that are refused for good. */
  refused: string | null;
  /** While true nobody answers; what was asked meanwhile is answered afterwards. */
  pause: () => void;
  resume: () => Promise<void>;
}

/** Starts them; they listen as long as they are not disposed. */
export async function startKeepers(namespace: string): Promise<Keepers> {
  const messaging = await connectMessaging({ url: testServers().natsUrl, name: 'keepers', namespace });
  const { schema } = sagaStepRequested(MEETING_DELETION.saga.service);
  const asked: { readonly sagaId: string; readonly deed: string }[] = [];
  const waiting: (() => Promise<void>)[] = [];
  let paused = false;
  const keepers: Keepers = {
    // The same request may come twice.
    askedFor: (wanted) => [
      ...new Set(asked.filter(({ sagaId }) => sagaId === wanted).map(({ deed }) => deed)),
    ],
    refused: null,
    pause: () => {
      paused = true;
    },
    resume: async () => {
      paused = false;
      for (const answer of waiting.splice(0)) await answer();
    },
    [Symbol.asyncDispose]: () => messaging.connection.close(),
  };
  messaging.connection.subscribe(qualify(namespace, 'evt.meetings.*.saga-step.>'), {
    callback: (_error, message) => {
      if (!message.subject.endsWith('.requested')) return;
      const request = schema.parse(message.json());
      if (request.target === 'meetings') return;
      const deed = `${request.target} ${request.action} ${request.participant}`;
      asked.push({ sagaId: request.sagaId, deed });
      const workspaceId = message.headers?.get('x-workspace-id') ?? '';
      const answer = async (): Promise<void> => {
        if (request.action === 'STOP') return;
        const { sagaId, step, action, round, target } = request;
        const failed = keepers.refused === deed;
        await publishEvent(namespace, sagaStepEnded(target), {
          workspaceId,
          aggregateId: sagaId,
          payload: {
            orchestrator: 'meetings',
            sagaId,
            step,
            action,
            round,
            taskId: `${step}-${round}`,
            outcome: failed ? 'FAILED' : 'COMPLETED',
            result: {},
            error: failed ? { code: 'INTERNAL', message: 'The step failed.' } : null,
          },
        });
      };
      if (paused) waiting.push(answer);
      else void answer();
    },
  });
  await messaging.connection.flush();
  return keepers;
}
