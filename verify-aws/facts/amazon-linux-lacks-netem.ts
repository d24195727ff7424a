import type { Fact } from '../fact.ts';

export const amazonLinuxLacksNetem: Fact = {
  name: 'amazon-linux-lacks-netem',
  claim: 'Amazon Linux 2023 has neither sch_netem nor tc nor iptables unless packages are added.',
  faults: [],
  notTried: 'no fault of this version rests on it, and it takes an instance',
};
