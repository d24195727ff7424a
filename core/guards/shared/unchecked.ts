import type { Decision } from '../../model/decision.ts';
import { type Failure, failure } from '../../model/failure.ts';
import { counted } from '../../util/format.ts';

/** How the text of a guard that could not be evaluated begins. */
export const notChecked = 'could not be checked';

/** How the text begins if each target of a group is spared: the reasons of the first few follow. */
export const noneEligible = 'no target is eligible';

/** `i-0123: could not be checked: ...` if it is about one target; if it is about several, the first one's text comes first. */
const uncheckedText = new RegExp(`^(${noneEligible}: )?(\\S+: )?${notChecked}\\b`);

/**
 * Accounts and regions in which a run struck none of the groups it drew, and spared some of them only because something could not
 * be checked. Nobody decided that, so it is announced, whatever was struck elsewhere: an account whose role lacks one permission
 * would otherwise be spared for ever, in silence.
 */
export function uncheckedFailures(ofDrawn: readonly Decision[]): readonly Failure[] {
  return [...Map.groupBy(ofDrawn, ({ group }) => placeOf(group)).values()].flatMap(uncheckedIn);
}

/** Of the groups of one place. */
function uncheckedIn(ofDrawn: readonly Decision[]): readonly Failure[] {
  const unchecked = ofDrawn.filter(isUnchecked);
  const [first] = unchecked;
  if (first === undefined || ofDrawn.some(({ verdict }) => verdict === 'strike')) return [];
  const count = `${unchecked.length} of ${counted(ofDrawn.length, 'group')} drawn`;
  const verb = unchecked.length === 1 ? 'was' : 'were';
  const { code, text } = first.reason;
  const [account = '', region = ''] = first.group.split('/');
  const message = `${count} ${verb} spared for nothing else, and none was struck. ${first.group}: ${code}: ${text}`;
  return [failure('inspect', new CouldNotBeChecked(message), { account, region })];
}

/** A group's key begins with its account and region. */
function placeOf(key: string): string {
  return key.split('/', 2).join('/');
}

/** Whether nothing else stood against a strike. */
function isUnchecked({ verdict, reason, also = [] }: Decision): boolean {
  return verdict === 'spare' && [reason, ...also].every(({ text }) => uncheckedText.test(text));
}

/** The code of its failure. Not the class's own name, which does not outlive the bundler. */
export const couldNotBeChecked = 'CouldNotBeChecked';

class CouldNotBeChecked extends Error {
  override readonly name = couldNotBeChecked;
}
