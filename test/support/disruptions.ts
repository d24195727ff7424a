import type { Clock } from '#core/ports/clock.ts';
import type { Effect, Network, SandboxCall } from '#sandbox/call.ts';
import { Sandbox, type SandboxOptions } from '#sandbox/sandbox.ts';

/** Which calls: those that match every member given, or those that a function picks. */
type Match =
  | {
      readonly account?: string;
      readonly region?: string;
      readonly action?: string;
      /** One of the call's resources. */
      readonly resource?: string;
    }
  | ((call: SandboxCall) => boolean);

interface Rule {
  readonly matches: (call: SandboxCall) => boolean;
  /** Whether it applies to this matching call; one that counts its calls counts this one. */
  readonly applies: (now: number) => boolean;
  readonly effect: Effect;
}

/** Failures on demand. Rules are tried in the order in which they were made; the first that applies decides. */
export class Disruptions implements Network {
  /** What every call takes, in ms. */
  latencyMs = 0;
  readonly #clock: Clock;
  #rules: Rule[] = [];
  #slow: { readonly matches: Rule['matches']; readonly ms: number }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Makes matching calls take this much longer than others. */
  slow(match: Match, ms: number): void {
    this.#slow.push({ matches: predicate(match), ms });
  }

  /** Throttles the next `times` matching calls; all of them if left out. */
  throttle(match: Match, times?: number): void {
    this.#add(match, firstCalls(times), { kind: 'throttled' });
  }

  /** Throttles whatever exceeds a rate, counted as AWS does it: a bucket of `burst` tokens that is refilled `perSecond`. */
  limitRate(
    match: Match,
    { perSecond, burst }: { readonly perSecond: number; readonly burst: number },
  ): void {
    let tokens = burst;
    let refilledAt = this.#clock.now();
    const isEmpty = (now: number) => {
      tokens = Math.min(burst, tokens + ((now - refilledAt) / 1000) * perSecond);
      refilledAt = now;
      if (tokens < 1) return true;
      tokens -= 1;
      return false;
    };
    this.#add(match, isEmpty, { kind: 'throttled' });
  }

  /** Denies matching calls, in the service's own words. */
  deny(match: Match, times?: number): void {
    this.#add(match, firstCalls(times), { kind: 'denied' });
  }

  /** Makes matching calls fail before they have any effect. A new error each time, as SDKs write to them. */
  fail(match: Match, error: () => Error, times?: number): void {
    this.#add(match, firstCalls(times), { kind: 'fails', error });
  }

  /** Lets matching calls take effect and loses their answers, as a broken connection would. */
  loseAnswer(match: Match, times?: number): void {
    this.#add(match, firstCalls(times), { kind: 'answer-lost' });
  }

  /** Ends all disruptions, latency included. */
  clear(): void {
    this.#rules = [];
    this.#slow = [];
    this.latencyMs = 0;
  }

  /** How long this call takes, in ms. */
  durationOf(call: SandboxCall): number {
    return this.#slow.reduce((ms, slow) => (slow.matches(call) ? ms + slow.ms : ms), this.latencyMs);
  }

  /** What happens to this call; undefined if it is not disrupted. */
  effectOn(call: SandboxCall): Effect | undefined {
    if (this.#rules.length === 0) return undefined;
    const now = this.#clock.now();
    return this.#rules.find(({ matches, applies }) => matches(call) && applies(now))?.effect;
  }

  #add(match: Match, applies: Rule['applies'], effect: Effect): void {
    this.#rules.push({ matches: predicate(match), applies, effect });
  }
}

function firstCalls(times = Number.POSITIVE_INFINITY): () => boolean {
  let left = times;
  return () => {
    if (left <= 0) return false;
    left -= 1;
    return true;
  };
}

function predicate(match: Match): (call: SandboxCall) => boolean {
  if (typeof match === 'function') return match;
  const { account, region, action, resource } = match;
  return (call) =>
    (account === undefined || account === call.account) &&
    (region === undefined || region === call.region) &&
    (action === undefined || action === call.action) &&
    (resource === undefined || call.resources.includes(resource));
}

/** A sandbox whose calls can be disrupted. */
export class DisruptableSandbox extends Sandbox {
  readonly disruptions: Disruptions;

  constructor(options: Omit<SandboxOptions, 'network'>) {
    const network = new Disruptions(options.clock);
    super({ ...options, network });
    this.disruptions = network;
  }
}
