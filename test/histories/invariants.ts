import { readRate } from '#core/draws/read-rate.ts';
import { budgetText, listBudgets } from '#core/ledger/budgets.ts';
import type { StrikeEntry } from '#core/model/strike.ts';
import { aGroup } from '../support/a-group.ts';
import type { Effect } from './invocation.ts';
import { referenceCalendar } from './reference-calendar.ts';
import type { SimulatedOrganization } from './simulated-organization.ts';

/** From the look at a group to its strike, and as long as the call may be retried: what was good then may have turned bad since. */
const lookToStrikeMs = 60_000;

/** What must hold whatever happens. Each throws where it does not. */
export function invariants({ config, effects, ledger, groups, isTold }: SimulatedOrganization) {
  const facts = referenceCalendar(config);
  let checked = 0;

  const minDaysOf = new Map(
    groups.map(({ account, region, kind, name, tags }) => {
      const group = aGroup({ account, region, kind, name, tags });
      const rate = readRate(group, config);
      return [group.key, 'mode' in rate && rate.mode === 'mean-days' ? rate.minDays : undefined];
    }),
  );

  const checkEffect = (effect: Effect, before: readonly Effect[]) => {
    const { at, group, invocation, instanceId, noes } = effect;
    const day = dayOf(effect, facts);
    must(effect.isOptedIn, `${instanceId} of ${group} was struck and has not opted in`);
    must(!effect.isProtected, `${instanceId} of ${group} was struck and is protected`);
    const ignored = noes.find(({ forMs }) => forMs >= lookToStrikeMs);
    must(
      ignored === undefined,
      `${instanceId} of ${group} was struck at ${iso(at)}, against ${ignored?.name}`,
    );
    // One that begins between the claim and the call comes too late.
    const isFrozen = [0, 8_000].every((ms) => facts.isFrozen(at + invocation.skewMs - ms, effect));
    must(!isFrozen, `${instanceId} was struck at ${iso(at)}, in a freeze`);
    // A call that was begun in time may take effect a moment later.
    must(
      facts.isOpen(at + invocation.skewMs - 500),
      `${instanceId} was struck at ${iso(at)}, outside the calendar`,
    );

    const others = before.filter((other) => other.group === group && other.instanceId !== instanceId);
    const same = others.find((other) => slotOf(other) === slotOf(effect));
    must(same === undefined, `${group} was struck twice in slot ${slotOf(effect)}`);

    const minDays = minDaysOf.get(group);
    const last = others.at(-1);
    if (minDays !== undefined && last !== undefined) {
      const gap = facts.workDaysBetween(dayOf(last, facts), day);
      must(gap >= minDays, `${group} was struck ${gap} work days after the last strike, at least ${minDays}`);
    }
    for (const budget of listBudgets(effect, effect.app, day, config)) {
      if (budget.over === 'unverified') continue;
      const counted = strikesIn([...before, effect]).filter(
        (one) =>
          dayOf(one, facts) === day &&
          listBudgets(one, one.app, day, config).some((own) => isSame(own, budget)),
      );
      must(counted.length <= budget.max, `${counted.length} strikes, at most ${budgetText(budget)}`);
    }
  };

  return {
    /** After every step. */
    check: async () => {
      for (; checked < effects.length; checked += 1) {
        const effect = effects[checked];
        if (effect !== undefined) checkEffect(effect, effects.slice(0, checked));
      }
      const open = (await ledger.openStrikes()).found;
      for (const { budgets } of open) {
        for (const budget of budgets) {
          if (budget.over !== 'unverified') continue;
          const counted = open.filter((one) => one.budgets.some((own) => isSame(own, budget)));
          must(counted.length <= budget.max, `${counted.length} open strikes, at most ${budgetText(budget)}`);
        }
      }
    },

    /** Once everything has come to rest. */
    checkEnd: async () => {
      const entries: StrikeEntry[] = [];
      for (const { account, region, kind, name } of groups) {
        const { key } = aGroup({ account, region, kind, name });
        const strikes = (await ledger.recentStrikes(key, 1_000)).found;
        entries.push(...strikes);
        const last = strikes.find(({ state }) => state !== 'failed');
        const record = (await ledger.groupRecords([key])).found.get(key);
        must(
          record?.last?.slot === last?.slot,
          `the last strike of ${key} is ${last?.slot}, and its record says ${record?.last?.slot}`,
        );
      }
      must((await ledger.openStrikes()).found.length === 0, 'a strike was never verified');
      for (const entry of entries) {
        checkEntry(entry, effects);
        const isSilent = entry.recovery?.outcome === 'not-recovered' && !isTold(entry);
        must(!isSilent, `${entry.group} did not recover, and nobody heard of it`);
      }
      for (const effect of effects) {
        const entry = entries.find((one) => one.group === effect.group && one.slot === slotOf(effect));
        must(
          entry !== undefined,
          `no record of the strike on ${effect.instanceId} in slot ${slotOf(effect)}`,
        );
        must(
          entry?.target.id === effect.instanceId,
          `the record names another instance: ${effect.instanceId}`,
        );
      }
      await checkCounters(entries, ledger);
      return entries;
    },
  };
}

function checkEntry(
  { state, recovery, group, slot, target, detail }: StrikeEntry,
  effects: readonly Effect[],
) {
  const where = `${target.id} of ${group} in slot ${slot}: ${state}, ${detail}`;
  const isDone = effects.some((effect) => effect.instanceId === target.id && slotOf(effect) === slot);
  must(state === 'succeeded' || state === 'failed' || state === 'unknown', `left in the middle: ${where}`);
  must((state === 'failed') === (recovery === undefined), `recovery ${recovery?.outcome}: ${where}`);
  must(!(state === 'failed' && isDone), `it was struck after all: ${where}`);
  // Found by a look at an instance that something else has ended: counted all the same.
  if (state === 'succeeded') must(isDone || detail.includes('was found'), `it was never struck: ${where}`);
}

async function checkCounters(
  entries: readonly StrikeEntry[],
  ledger: SimulatedOrganization['ledger'],
): Promise<void> {
  const budgets = [
    ...new Map(entries.flatMap((entry) => entry.budgets).map((budget) => [nameOf(budget), budget])).values(),
  ];
  const spent = (await ledger.usage(budgets)).found;
  for (const [index, budget] of budgets.entries()) {
    const expected = entries.filter(
      ({ state, budgets: own }) =>
        budget.over !== 'unverified' && state !== 'failed' && own.some((one) => isSame(one, budget)),
    ).length;
    must(
      spent[index] === expected,
      `${spent[index]} counted, ${expected} on record, of ${budgetText(budget)}`,
    );
  }
}

/** Repeated calls on one instance are one strike. */
function strikesIn(effects: readonly Effect[]): readonly Effect[] {
  return [...new Map(effects.map((one) => [`${slotOf(one)} ${one.group} ${one.instanceId}`, one])).values()];
}

export function slotOf({ invocation: { event, id } }: Pick<Effect, 'invocation'>): string {
  return 'slot' in event ? String(event.slot) : `adhoc/${id}`;
}

function dayOf(effect: Effect, facts: ReturnType<typeof referenceCalendar>): string {
  const slot = slotOf(effect);
  return facts.dayOf(slot.startsWith('adhoc/') ? effect.at : Date.parse(slot));
}

type Named = { readonly scope: string; readonly of: string; readonly over: string };
const nameOf = ({ scope, of, over }: Named) => `${scope} ${of} ${over}`;
const isSame = (one: Named, other: Named) => nameOf(one) === nameOf(other);
const iso = (at: number) => new Date(at).toISOString();

class Violated extends Error {
  override readonly name = 'InvariantViolated';
}

function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Violated(otherwise);
}
