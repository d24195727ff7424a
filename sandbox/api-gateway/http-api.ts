import type { Cors } from '@aws-sdk/client-apigatewayv2';
import type { Tags } from '#core/model/group.ts';
import { Eventual } from '../state/eventual.ts';

/** An API of API Gateway v2 as a scenario describes it. */
export interface ApiSeed {
  readonly name: string;
  /** Left out: an HTTP API. */
  readonly protocol?: 'HTTP' | 'WEBSOCKET';
  readonly tags?: Tags;
  readonly cors?: Cors;
  /** Left out: `$default`, which deploys automatically. */
  readonly stages?: readonly StageSeed[];
}

export interface StageSeed {
  readonly name: string;
  readonly autoDeploy: boolean;
}

export class HttpApi {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly protocol: 'HTTP' | 'WEBSOCKET';
  readonly stages: readonly StageSeed[];
  readonly createdAt: number;
  tags: Tags;
  readonly #cors: Eventual<Cors | undefined>;
  readonly #deploymentMs: number;

  constructor(
    seed: ApiSeed,
    { id, arn, now, deploymentMs }: { id: string; arn: string; now: number; deploymentMs: number },
  ) {
    this.id = id;
    this.name = seed.name;
    this.arn = arn;
    this.protocol = seed.protocol ?? 'HTTP';
    this.stages = seed.stages ?? [{ name: '$default', autoDeploy: true }];
    this.createdAt = now;
    this.tags = seed.tags ?? {};
    this.#cors = new Eventual(seed.cors);
    this.#deploymentMs = deploymentMs;
  }

  get cors(): Cors | undefined {
    return this.#cors.latest;
  }

  setCors(cors: Cors | undefined, now: number): void {
    this.#cors.set(structuredClone(cors), now);
  }

  /** What a stage answers to browsers. Nobody deploys here, so one that does not deploy automatically keeps what it began with. */
  corsInEffect(stage: string, now: number): Cors | undefined {
    const deploys = this.stages.find(({ name }) => name === stage)?.autoDeploy === true;
    return this.#cors.at(deploys ? now - this.#deploymentMs : Number.NEGATIVE_INFINITY);
  }
}
