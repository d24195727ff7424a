import type { InstanceRefreshStatus } from '@aws-sdk/client-auto-scaling';

/** An instance refresh, as a group records it. It does not replace instances: `redeploy` does. */
export interface InstanceRefresh {
  readonly id: string;
  readonly status: InstanceRefreshStatus;
  /** Epoch ms. */
  readonly startedAt: number;
  /** Epoch ms; undefined while it is in progress. */
  readonly endedAt: number | undefined;
}

export type UnendedStatus = Extract<
  InstanceRefreshStatus,
  'Pending' | 'InProgress' | 'Cancelling' | 'RollbackInProgress' | 'Baking'
>;
export type EndedStatus = Exclude<InstanceRefreshStatus, UnendedStatus>;

/** At most one is in progress: AWS refuses a second one with "InstanceRefreshInProgress". */
export class InstanceRefreshes {
  /** Newest first. */
  #all: readonly InstanceRefresh[] = [];

  get all(): readonly InstanceRefresh[] {
    return this.#all;
  }

  begin(id: string, status: UnendedStatus, startedAt: number): void {
    if (this.#current !== undefined) throw new Error('an instance refresh is under way');
    this.#all = [{ id, status, startedAt, endedAt: undefined }, ...this.#all];
  }

  end(status: EndedStatus, endedAt: number): void {
    const current = this.#current;
    if (current === undefined) throw new Error('no instance refresh in progress');
    this.#all = this.#all.map((refresh) => (refresh === current ? { ...current, status, endedAt } : refresh));
  }

  get #current(): InstanceRefresh | undefined {
    return this.#all.find(({ endedAt }) => endedAt === undefined);
  }
}
