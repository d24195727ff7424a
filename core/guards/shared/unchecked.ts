import type { Decision } from '../../model/decision.ts';
import { type Failure, failure } from '../../model/failure.ts';
import { counted } from '../../util/format.ts';

/** Starts the text of a guard that could not be evaluated. */
export const notChecked = 'could not be checked';

/** Starts the text if each target of a group is spared. The reasons for the first few follow. */
export const noneEligible = 'no target is eligible';

/** Matches `i-0123: could not be checked: ...` for one target; with several targets, the first one's text decides. */
const uncheckedText = new RegExp(`^(${noneEligible}: )?(\\S+: )?${notChecked}\\b`);

/**
 * A failure for each account-region in which a run struck none of the drawn groups, and spared some only because something could
 * not be checked. It is announced, whatever was struck elsewhere: otherwise an account whose role lacks one permission would be
 * spared forever, in silence.
 */
export function uncheckedFailures(ofDrawn: readonly Decision[]): readonly Failure[] {
  return [...Map.groupBy(ofDrawn, ({ group }) => readPlace(group)).values()].flatMap(uncheckedIn);
}

function uncheckedIn(ofDrawn: readonly Decision[]): readonly Failure[] {
  const unchecked = ofDrawn.filter(isUnchecked);
  const [first] = unchecked;
  if (first === undefined || ofDrawn.some(({ verdict }) => verdict === 'strike')) return [];
  const count = `${unchecked.length} of ${counted(ofDrawn.length, 'group')} drawn`;
  const verb = unchecked.length === 1 ? 'was' : 'were';
  const { code, text } = first.reason;
  const [account = '', region = ''] = first.group.split('/');
  const message = `${count} ${verb} spared only because something could not be checked, and none was struck. ${first.group}: ${code}: ${text}`;
  return [failure('inspect', new CouldNotBeChecked(message), { account, region })];
}

/** A group's key starts with its account and region. */
function readPlace(key: string): string {
  return key.split('/', 2).join('/');
}

/** Whether something that could not be checked is the only reason to spare the group. */
function isUnchecked({ verdict, reason, also = [] }: Decision): boolean {
  return verdict === 'spare' && [reason, ...also].every(({ text }) => uncheckedText.test(text));
}

/** The failure's code. Not the class's name, which the bundler may change. */
export const couldNotBeChecked = 'CouldNotBeChecked';

class CouldNotBeChecked extends Error {
  override readonly name = couldNotBeChecked;
}
