import { ApiGatewayV2Client, TagResourceCommand, UpdateApiCommand } from '@aws-sdk/client-apigatewayv2';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { codeOf } from '#core/util/error-text.ts';
import { doesNotHold, type Fact, holds, notTried } from '../fact.ts';

const opening = { key: 'chaos:verify-open', value: 'true' };

export const apiTagsLimitChanges: Fact = {
  name: 'api-tags-limit-changes',
  claim: 'aws:ResourceTag in the policy of a role decides which HTTP APIs it can change.',
  faults: ['api-cors'],
  check: {
    creates: ['two HTTP APIs', 'a role'],
    minutes: 3,
    cents: 0.1,
    run: async (bench) => {
      const [open, shut] = [await bench.make.httpApi(), await bench.make.httpApi()];
      const { arns } = await bench.make.role({
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'apigateway:PATCH',
              Resource: '*',
              Condition: { StringEquals: { [`aws:ResourceTag/${opening.key}`]: opening.value } },
            },
          ],
        },
      });
      if (bench.isSandbox) return notTried('only AWS itself evaluates policies');
      await bench
        .client(ApiGatewayV2Client)
        .send(new TagResourceCommand({ ResourceArn: open.arns.api, Tags: { [opening.key]: opening.value } }));
      // A new role, and a new tag, take some seconds.
      await bench.sleep(30_000);
      const { Credentials } = await bench
        .client(STSClient)
        .send(new AssumeRoleCommand({ RoleArn: arns.role, RoleSessionName: 'verify' }));
      const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
      const credentials = {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        sessionToken: SessionToken,
      };
      const apis = bench.clients(ApiGatewayV2Client, { region: bench.region, credentials });
      const change = (ApiId: string) =>
        apis.send(new UpdateApiCommand({ ApiId, Description: 'verify' })).then(() => 'changed', codeOf);
      const [withTag, without] = [await change(open.id), await change(shut.id)];
      const saw = `with the tag: ${withTag}; without: ${without}`;
      return withTag === 'changed' && /AccessDenied|Forbidden/.test(without) ? holds(saw) : doesNotHold(saw);
    },
  },
};
