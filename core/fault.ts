import type * as z from 'zod';

/** One instance, chosen to be struck. */
export interface Target {
  readonly account: string;
  readonly region: string;
  /** The group's key. */
  readonly group: string;
  /** Name of the Auto Scaling group; undefined for a standalone instance. */
  readonly autoScalingGroup: string | undefined;
  readonly instanceId: string;
  readonly zone: string;
  readonly arns: TargetArns;
}

/** The ARNs a permission can be about. A session policy names them; a role's policy has patterns in their place. */
export interface TargetArns {
  /** `arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc`. */
  readonly instance: string;
  /** Undefined for a standalone instance. */
  readonly autoScalingGroup: string | undefined;
}

/** What EC2 says an instance is. Some instances refuse some faults for as long as they live. */
export interface InstanceTraits {
  /** `ebs` or `instance-store`; undefined where EC2 does not say. */
  readonly rootDevice: string | undefined;
  /** `spot`, `scheduled`, `capacity-block`...; undefined for On-Demand Instances. */
  readonly purchase: string | undefined;
  /** The service that manages it, `eks.amazonaws.com`; undefined where its owner does. */
  readonly managedBy: string | undefined;
}

/** An action that a fault calls. The target role's policy and the strike session's are derived from these. */
export interface Permission<Parameters> {
  readonly action: `${string}:${string}`;
  /** What it is called on. The role allows it only where that carries the opt-in tag. */
  readonly on: keyof TargetArns;
  /** For which parameters it is called; left out: for all. */
  when?(parameters: Parameters): boolean;
}

/** What a fault acts with: SDK clients in the target's account and region, under a session that can reach nothing else. */
export interface Injector {
  client<Client extends SdkClient>(service: SdkClientClass<Client>): Client;
}

/** The part that all SDK clients have in common, as far as we touch it. */
export interface SdkClient {
  readonly middlewareStack: { use(plugin: { applyToStack: (stack: never) => void }): void };
}
export type SdkClientClass<Client extends SdkClient> = new (configuration: { region: string }) => Client;

/** Something that can be done to a target: one file in faults/, and nothing else to touch. */
export interface Fault<Parameters = unknown> {
  /** Kebab-case, the name of its file. */
  readonly name: string;
  /** One sentence, for the CLI and the docs. */
  readonly summary: string;
  /** A strict object whose keys all have defaults, so that the name alone is a choice. */
  readonly parameters: z.ZodType<Parameters>;
  readonly permissions: readonly Permission<Parameters>[];
  /** Why the target, being what it is, can never take this fault, in a few words; undefined if it can. */
  unfit?(target: Target, traits: InstanceTraits, parameters: Parameters): string | undefined;
  /**
   * Whether a look at the target, minutes after `struckAt` (epoch ms), shows that the fault took effect, and its instance was
   * lost to the group. Left out: no look can show it, and the instance stays.
   */
  tookEffect?(seen: TargetSeen, struckAt: number): boolean;
  /**
   * Strikes one target with one call. Returns what changed, in a few words; throws what the SDK throws, and `AlreadyEnded`.
   */
  inject(injector: Injector, target: Target, parameters: Parameters): Promise<string>;
}

/** The answer shows that the target was lost to its group before it was struck. That is no strike: nothing was tested. */
export class AlreadyEnded extends Error {
  override readonly name = 'AlreadyEnded';
  /** What the answer says: `shutting-down -> shutting-down`. */
  readonly change: string;

  constructor(change: string) {
    super(`somebody else had ended it before: ${change}`);
    this.change = change;
  }
}

/** A target some time after a strike. */
export interface TargetSeen {
  /** EC2's state; undefined when EC2 does not know the instance any more. */
  readonly instanceState: string | undefined;
  /** Epoch ms of its last start; undefined when EC2 does not know it any more. */
  readonly launchedAt: number | undefined;
  /** Its lifecycle state in its group; undefined when it is no longer a member. */
  readonly lifecycle: string | undefined;
}

/** All faults there are, by name. */
export type FaultRegistry = ReadonlyMap<string, Fault>;

/** A fault with its parameters parsed. */
export interface ChosenFault {
  readonly name: string;
  readonly parameters: unknown;
}
