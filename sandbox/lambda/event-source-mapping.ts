import type { Tags } from '#core/model/group.ts';
import type { SandboxContext } from '../state/sandbox-context.ts';

/** An event source mapping as a scenario describes it. */
export interface EventSourceMappingSeed {
  readonly functionName: string;
  readonly eventSourceArn: string;
  /** Left out: it is. */
  readonly isEnabled?: boolean;
  readonly tags?: Tags;
}

/** Source: API reference, EventSourceMappingConfiguration, State. */
type MappingState = 'Enabled' | 'Disabled' | 'Enabling' | 'Disabling' | 'Updating';

interface Identity {
  readonly uuid: string;
  readonly arn: string;
  readonly functionArn: string;
  readonly context: SandboxContext;
}

/** Connects an event source to a function. */
export class EventSourceMapping {
  readonly uuid: string;
  readonly arn: string;
  readonly functionArn: string;
  readonly eventSourceArn: string;
  tags: Tags;
  readonly #context: SandboxContext;
  #isEnabled: boolean;
  #modifiedAt: number;
  #transition: { readonly state: MappingState; readonly until: number } | undefined;

  constructor(seed: EventSourceMappingSeed, { uuid, arn, functionArn, context }: Identity) {
    this.uuid = uuid;
    this.arn = arn;
    this.functionArn = functionArn;
    this.eventSourceArn = seed.eventSourceArn;
    this.tags = seed.tags ?? {};
    this.#isEnabled = seed.isEnabled ?? true;
    this.#context = context;
    this.#modifiedAt = context.clock.now();
  }

  /** "Last updated or that its state changed": API reference, EventSourceMappingConfiguration, LastModified. */
  modifiedAt(now: number): number {
    const settled = this.#transition?.until ?? Number.POSITIVE_INFINITY;
    return now < settled ? this.#modifiedAt : settled;
  }

  stateAt(now: number): MappingState {
    if (this.#transition !== undefined && now < this.#transition.until) return this.#transition.state;
    return this.#isEnabled ? 'Enabled' : 'Disabled';
  }

  isInTransitionAt(now: number): boolean {
    return this.#transition !== undefined && now < this.#transition.until;
  }

  /** An update that changes nothing takes its time as well. */
  update(isEnabled: boolean, at = this.#context.clock.now()): void {
    this.#modifiedAt = at;
    this.#transition = {
      state: isEnabled === this.#isEnabled ? 'Updating' : isEnabled ? 'Enabling' : 'Disabling',
      until: at + this.#context.timings.mappingUpdateMs,
    };
    this.#isEnabled = isEnabled;
  }
}
