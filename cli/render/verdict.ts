import type { ExplainedDraw, ExplainedGuard, Explanation } from '#core/reports/explanation.ts';
import { counted } from '#core/util/format.ts';

/** The conclusion from an explanation. */
export interface Verdict {
  /** Everything that spares the group now, the main reason first; empty if it could be struck. */
  readonly against: readonly string[];
  /** Whether only the draw spares it. */
  readonly onlyTheDraw: boolean;
  /** Ids of the targets that no guard spares. */
  readonly eligible: readonly string[];
}

/** Gates come first, then guards, then the draw: people can do something about the first two. */
export function deriveVerdict(explanation: Explanation): Verdict {
  const { gates, guards } = explanation;
  const byTarget = targetGuards(explanation);
  const eligible = [...byTarget].filter(([, all]) => all.every(({ passes }) => passes)).map(([id]) => id);
  const others = [
    ...gates.filter(({ open }) => !open).map(({ gate, text }) => `gate ${gate}: ${text}`),
    ...guards.filter(({ passes, targetId }) => !passes && targetId === undefined).map(refusalText),
    ...(eligible.length > 0 ? [] : [noTarget(byTarget)]),
  ];
  const draw = drawAgainst(explanation);
  return {
    against: [...others, ...(draw === undefined ? [] : [draw])],
    onlyTheDraw: others.length === 0 && draw !== undefined,
    eligible,
  };
}

/** Groups the guards by target, in their order. */
export function targetGuards({
  guards,
}: Pick<Explanation, 'guards'>): ReadonlyMap<string, readonly ExplainedGuard[]> {
  return Map.groupBy(
    guards.filter((guard) => guard.targetId !== undefined),
    ({ targetId = '' }) => targetId,
  );
}

function noTarget(byTarget: ReadonlyMap<string, readonly ExplainedGuard[]>): string {
  const [first] = byTarget;
  if (first === undefined) return 'it could not be inspected';
  const [id, guards] = first;
  const refusal = guards.find(({ passes }) => !passes);
  const why = refusal === undefined ? '' : `, ${id}: ${refusal.saw}`;
  return `no target is eligible: ${counted(byTarget.size, 'target')} spared${why}`;
}

/** Undefined if a scheduled run would strike now, going by the draw alone. */
function drawAgainst({ draws, at, rate }: Explanation): string | undefined {
  if (draws.length === 0) return `no draw: ${rate}`;
  const now = Date.parse(at);
  const isPast = ({ slot }: ExplainedDraw) => slot !== undefined && Date.parse(slot) <= now;
  // The only draw of the day; or, with one per slot, that of the current slot.
  const draw = draws.length === 1 ? draws[0] : draws.findLast(isPast);
  if (draw === undefined) return `its first draw of the day is in slot ${draws[0]?.slot}`;
  if (!draw.strikes) return `not drawn: ${draw.text}`;
  return isPast(draw) ? undefined : `drawn for slot ${draw.slot}, which is still ahead`;
}

function refusalText({ code, saw }: ExplainedGuard): string {
  return `${code}: ${saw}`;
}
