import { policyCase } from '../a-policy-case.ts';
import { optIn } from '../a-strike-world.ts';

export const faultCase = policyCase({
  action: 'lambda:InvokeFunction',
  another: 'lambda:InvokeFunctionUrl',
  maxBytes: 20_480,
  arnOf: ({ region }) => `arn:aws:lambda:${region.name}:${region.account}:function:orders`,
  create: ({ region, clock }, policy) => {
    const { functions } = region;
    const orders = functions.add({ name: 'orders', tags: optIn });
    if (policy !== undefined) orders.setPolicy(JSON.stringify(policy));
    return {
      holder: { arn: orders.arn, policyInEffect: (now) => orders.policyAt(now)?.text },
      text: () => orders.policyAt(clock.now())?.text,
      set: (text) => orders.setPolicy(text),
      delete: () => functions.delete('orders'),
      setTags: (tags) => {
        orders.tags = tags;
      },
    };
  },
});
