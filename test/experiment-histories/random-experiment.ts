import type { Config } from '#core/config/config.ts';
import { chooseFault } from '#core/experiment/file/choose-fault.ts';
import type { Experiment, MethodStep, Select, Stage } from '#core/model/experiment.ts';
import type { LastingFault } from '#core/model/fault.ts';
import { faultCases } from '../faults/lasting/fault-cases.ts';
import type { SeededRandom } from '../histories/seeded-random.ts';
import { type PlaceSeed, seedPlace } from '../undo-histories/places.ts';
import type { EnrolledPlace } from '../undo-histories/undo-organization.ts';
import { randomProbes, type ScriptedProbe } from './scripted-probes.ts';

/** Of all stop conditions there are. */
export const alarmPlace = { account: '111111111111', region: 'eu-west-1', name: 'burning' };
const alarmArn = 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:burning';

export type ScriptedExperiment = Experiment & {
  readonly steadyState: Experiment['steadyState'] & { readonly probes: readonly ScriptedProbe[] };
};

/** Those that strike one resource in each of several accounts, which are in use. */
const cases = faultCases.filter(({ name }) => name.startsWith('lambda-') && name !== 'lambda-deny');

/** Accounts in which one or two families of faults can strike: in each family some, one of ours, and one that never opted in. */
export function randomTargets(random: SeededRandom): readonly PlaceSeed[] {
  let index = 0;
  return Array.from({ length: random.pick([1, 1, 2]) }, () => random.pick(cases)).flatMap((one) => {
    const owners = [
      ...Array.from({ length: random.int(2, 5) }, () => 'theirs' as const),
      'ours',
      'private',
    ] as const;
    return owners.map((owner) => {
      index += 1;
      return seedPlace(one, index - 1, owner, random);
    });
  });
}

/** The places in which the same faults can strike. */
export function familyOf(place: EnrolledPlace, places: readonly EnrolledPlace[]): readonly EnrolledPlace[] {
  const [first] = place.blows;
  return places.filter(({ blows }) => blows[0]?.fault === first?.fault);
}

/** An experiment such as a file may describe; but for stages that shrink, which only the engine may have to refuse. */
export function randomExperiment(
  places: readonly EnrolledPlace[],
  config: Config,
  random: SeededRandom,
): ScriptedExperiment {
  const families = [...new Set(places.map((one) => familyOf(one, places)[0]))].flatMap((one) => one ?? []);
  const method = Array.from({ length: random.pick([1, 1, 2, 3]) }, (_, index): MethodStep => {
    const one = families[index % families.length] as EnrolledPlace;
    const blow = random.pick(one.blows);
    return {
      name: `step-${index}`,
      fault: chosen(blow.fault, blow.parameters, 60_000, config),
      target: {
        kind: one.target?.group.split('/')[2] ?? '',
        accounts: familyOf(one, places).map(({ account }) => account),
        select: randomSelect(random, config),
      },
      holdMs: random.pick([10_000, 20_000, 45_000]),
      startAfter: index === 0 || random.chance(0.4) ? [] : [`step-${index - 1}`],
    };
  });
  const stages = Array.from({ length: random.pick([1, 2, 2, 3]) }, (_, index): Stage => {
    if (index === 0) return {};
    const changed = method.filter(() => random.chance(0.7));
    return Object.fromEntries(changed.map(({ name }) => [name, { select: randomSelect(random, config) }]));
  });
  return {
    version: 'chaos/v1',
    title: 'a question',
    // biome-ignore lint/suspicious/noThenProperty: the field's word, and a text is no function.
    hypothesis: { if: 'something fails', then: 'nobody notices' },
    ...{ owner: 'somebody', tags: [], notes: '', observations: [] },
    steadyState: {
      baselineMs: random.pick([5_000, 10_000, 20_000, 65_000]),
      falseAlarms: 0.01,
      probes: [...randomProbes(random)],
    },
    ...{ method, stages },
    stopConditions: random.chance(0.3) ? [{ name: 'burning', type: 'cloudwatch-alarm', arn: alarmArn }] : [],
    pauseMs: random.pick([0, 0, 20_000, 150_000]),
    recovery: { withinMs: random.pick([10_000, 30_000]) },
    notify: { leadMs: random.pick([0, 0, 15_000]) },
  } as ScriptedExperiment;
}

/** As a file does. */
function chosen(
  fault: LastingFault,
  parameters: object,
  holdMs: number,
  config: Config,
): MethodStep['fault'] {
  const { minutes: _, ...own } = parameters as { readonly minutes?: number };
  const choice = chooseFault(fault, { parameters: own, holdMs }, { config });
  if ('mistakes' in choice) throw new Error(JSON.stringify(choice.mistakes));
  return choice.fault;
}

/** A share within what the configuration allows, as a file must say it; a count of anything. */
function randomSelect(random: SeededRandom, { experiments: { maxPercent } }: Config): Select {
  if (maxPercent === 100 && random.chance(0.2)) return 'all';
  if (random.chance(0.5)) return { count: random.pick([1, 1, 1, 2]) };
  return { percent: random.int(1, maxPercent) };
}
