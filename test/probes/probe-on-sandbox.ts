import type { Probe, ProbeMeans, Prober } from '#core/ports/probe.ts';
import { parse } from '#core/util/parse.ts';
import type { SandboxOptions } from '#sandbox/sandbox.ts';
import { aSandbox } from '../sandbox/a-sandbox.ts';
import { probeMeans } from '../support/a-probe.ts';

export const never = new AbortController().signal;

/** An account with all that a test puts into it, and probes that look at it. */
export function probesOnSandbox(options: Pick<SandboxOptions, 'authorize'> = {}) {
  const { clients, assume, clock, home, sandbox } = aSandbox(options);
  const means = probeMeans(clock, {
    clients: async () => {
      const session = await assume();
      return (service) => clients(service, { ...session, patienceMs: 0 });
    },
  });
  const open = <Parameters>(
    probe: Probe<Parameters>,
    parameters: object,
    others: Partial<ProbeMeans> = {},
  ): Promise<Prober> => probe.open(parse(probe.parameters, parameters, 'the probe'), { ...means, ...others });
  return { clock, home, sandbox, open };
}
