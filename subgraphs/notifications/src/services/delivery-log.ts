import { requireViewer, seesWholeWorkspace, type Viewer } from '@hoerok/shared/auth';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { type Connection, connectionOf, type Page } from '@hoerok/shared/graphql';
import type { DataSource } from 'typeorm';
import type { Delivery } from '../entities/delivery.entity.ts';
import {
  type DeliveryFilter,
  deliveryLogOf,
  deliveryRepository,
} from '../repositories/delivery-repository.ts';

/** A page whose number is counted only when somebody asks for it. */
export type DeliveryPage = Omit<Connection<Delivery>, 'totalCount'> & {
  readonly totalCount: () => Promise<number>;
};

/** What ADMIN and MANAGER see and do about deliveries. Each throws AppError `FORBIDDEN` for everybody else. */
export interface Deliveries {
  readonly list: (viewer: Viewer | null, filter: DeliveryFilter, page: Page) => Promise<DeliveryPage>;
  /**
   * Has a delivery sent again, with all of its attempts, under the same id.
   * @throws AppError `NOT_FOUND`; `WRONG_STATE` for one that waits, or that its receiver has.
   */
  readonly retry: (viewer: Viewer | null, id: string) => Promise<Delivery>;
}

/** The conditions among the arguments of a list. */
export function deliveryFilter(args: {
  readonly state?: Delivery['state'] | null | undefined;
  readonly channel?: Delivery['channel'] | null | undefined;
}): DeliveryFilter {
  return {
    ...(args.state == null ? {} : { state: args.state }),
    ...(args.channel == null ? {} : { channel: args.channel }),
  };
}

/** Builds {@link Deliveries}. */
export function createDeliveries(deps: {
  readonly dataSource: DataSource;
  readonly transact: Transact;
  readonly clock: () => Date;
}): Deliveries {
  return {
    list: async (viewer, filter, page) => {
      const log = deliveryLogOf(deps.dataSource.manager, requireOperator(viewer).workspaceId);
      const rows = await log.list(filter, page);
      const { edges, pageInfo } = connectionOf(rows, page, { totalCount: 0, keyOf: ({ id }) => [id] });
      return { edges, pageInfo, totalCount: () => log.count(filter) };
    },
    retry: async (viewer, id) => {
      const { workspaceId } = requireOperator(viewer);
      return await deps.transact(async (tx) => {
        const log = deliveryLogOf(tx, workspaceId);
        const delivery = await log.find(id);
        if (delivery === null) throw refusal('NOT_FOUND', 'There is no such delivery.');
        if (delivery.digestId !== null) throw refusal('WRONG_STATE', 'It was part of a digest: retry that.');
        if (!(await log.restart(id, deps.clock())))
          throw refusal(
            'WRONG_STATE',
            'Only what has failed, was suppressed or lies in the spool can be retried.',
          );
        if (delivery.digestDay !== null) await deliveryRepository(tx).holdAgain(id);
        return (await log.find(id)) ?? delivery;
      });
    },
  };
}

function requireOperator(viewer: Viewer | null): Viewer {
  const known = requireViewer(viewer);
  if (seesWholeWorkspace(known)) return known;
  throw new AppError('FORBIDDEN', 'Only ADMIN or MANAGER may do this.', { logLevel: 'debug' });
}

function refusal(code: 'NOT_FOUND' | 'WRONG_STATE', message: string): AppError {
  return new AppError(code, message, { logLevel: 'debug', extensions: { path: ['id'] } });
}
