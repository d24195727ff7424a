import type { LastingFault } from '#core/model/fault.ts';
import type { Target } from '#core/model/target.ts';
import { codeOf } from '#core/util/error-text.ts';
import type { Bench, Maker } from '../bench.ts';
import { type Check, doesNotHold, holds, notTried } from '../fact.ts';
import { struckWith, whenSo } from './struck.ts';

/** As long as the slowest service may take to obey, and then some. */
const lastsMs = 3 * 60_000;
const graceMs = 60_000;

/** Injects a fault that denies, and calls what it denies, before its end and after. Nobody undoes it. */
export function denyEnds(of: {
  readonly fault: LastingFault;
  readonly make: (make: Maker) => Promise<Target>;
  readonly creates: readonly string[];
  readonly cents: number;
  readonly parameters: unknown;
  /** What is denied. */
  readonly attempt: (bench: Bench, target: Target) => Promise<unknown>;
}): Check {
  return {
    creates: of.creates,
    cents: of.cents,
    minutes: 5,
    run: async (bench) => {
      const target = await of.make(bench.make);
      if (!bench.isSandbox) await of.attempt(bench, target);
      const { deadline, observe } = await struckWith(bench, of.fault, target, of.parameters, lastsMs);
      if (bench.isSandbox) return notTried('it was injected; only AWS itself evaluates policies');

      const injectedAt = bench.clock.now();
      const isDenied = () =>
        of.attempt(bench, target).then(
          () => false,
          (error: unknown) => {
            if (/AccessDenied|AuthorizationError|Forbidden/.test(codeOf(error))) return true;
            throw error;
          },
        );
      const denied = await whenSo(bench, deadline - 5_000, isDenied);
      if (denied === undefined) return doesNotHold('nothing was denied');
      await bench.sleep(Math.max(0, deadline - bench.clock.now()));
      const free = await whenSo(bench, deadline + graceMs, async () => !(await isDenied()));
      const begun = `denied ${seconds(denied - injectedAt)} after it was injected`;
      if (free === undefined) return doesNotHold(`${begun}, and still ${seconds(graceMs)} after its end`);
      const still = await observe();
      if (still !== 'ours') return doesNotHold(`${begun}; somebody removed it meanwhile: ${still}`);
      return holds(`${begun}, free again ${seconds(free - deadline)} after its end, the statement in place`);
    },
  };
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`;
}
