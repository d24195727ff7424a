import type { Place } from '../state/place.ts';
import { type ApiSeed, HttpApi } from './http-api.ts';

/** What an account has of API Gateway v2 in a region. */
export class HttpApis {
  readonly #place: Place;
  readonly #byId = new Map<string, HttpApi>();

  constructor(place: Place) {
    this.#place = place;
  }

  get all(): readonly HttpApi[] {
    return [...this.#byId.values()];
  }

  add(seed: ApiSeed): HttpApi {
    const { clock, ids, timings } = this.#place.context;
    const id = ids.uuid().replaceAll('-', '').slice(0, 10);
    const api = new HttpApi(seed, {
      id,
      arn: this.arnOf(id),
      now: clock.now(),
      deploymentMs: timings.apiDeploymentMs,
    });
    this.#byId.set(id, api);
    return api;
  }

  get(id: string): HttpApi | undefined {
    return this.#byId.get(id);
  }

  delete(id: string): void {
    this.#byId.delete(id);
  }

  /** It names no account. Source: API Gateway Developer Guide, "Amazon Resource Name (ARN) reference". */
  arnOf(id: string): string {
    return `${this.arnOfAll}/${id}`;
  }

  get arnOfAll(): string {
    const { partition, region } = this.#place;
    return `arn:${partition}:apigateway:${region}::/apis`;
  }
}
