import { expect, test } from 'vitest';
import { verifiedPage } from '#bin/generate/verified-page.ts';
import type { Fact } from '#verify-aws/fact.ts';

test('marks facts that nobody has seen hold, and says of the others when and where', () => {
  const fact: Fact = { name: 'one', claim: 'One.', faults: [], notTried: 'it is dear' };
  const held = { date: '2026-11-23', region: 'eu-west-1' };
  const page = verifiedPage([fact, { ...fact, name: 'two', held }]);
  expect(page).toContain('| **one**: One. | [?] |');
  expect(page).toContain('| **two**: One. | 2026-11-23, eu-west-1 |');
});
