/// <reference types="vite/types/importMeta.d.ts" />
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { AwsUnderTest, Fact } from './aws-under-test.ts';

/** What a `*.facts.ts` exports. */
interface Facts {
  readonly title: string;
  facts(fact: Fact): void;
}

const all = import.meta.glob<Facts>('./*.facts.ts', { eager: true });

/** What we rely on in AWS, checked on something that stands in for it. */
export function awsContract(on: 'sandbox' | 'moto', start: () => Promise<AwsUnderTest>): void {
  describe(on, () => {
    let aws: AwsUnderTest;
    beforeAll(async () => {
      aws = await start();
    });
    afterAll(() => aws.stop());

    describe.each(Object.values(all))(`$title, on ${on}`, ({ facts }) => {
      facts((name, holds, motoDiffers) => {
        if (on === 'moto' && motoDiffers !== undefined) return;
        test(name, async () => holds(await aws.account(), aws));
      });
    });
  });
}
