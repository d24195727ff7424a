import type { Fact } from '../fact.ts';

export const connectionsSurviveSecurityGroups: Fact = {
  name: 'connections-survive-security-groups',
  claim: 'Established connections outlive a change of the security groups of their network interface.',
  faults: [],
  notTried: 'no fault of this version rests on it, and it takes two instances',
};
