import { paginateDescribeInstanceInformation, SSMClient } from '@aws-sdk/client-ssm';
import type { Injector } from '#core/model/injector.ts';

/** Since then the agent hands parameters over as variables. Source: docs/ssm-documents.md. */
const leastAgent = '3.3.2746.0';

/** Why SSM cannot run a document of ours on an instance, in a few words; undefined if it can. */
export async function unmanaged({ client }: Injector, id: string): Promise<string | undefined> {
  const pages = paginateDescribeInstanceInformation(
    { client: client(SSMClient) },
    { Filters: [{ Key: 'InstanceIds', Values: [id] }] },
  );
  for await (const { InstanceInformationList: [found] = [] } of pages) {
    if (found === undefined) continue;
    const { PingStatus, PlatformType, AgentVersion = '0' } = found;
    if (PingStatus !== 'Online') return `its SSM agent is not online: ${PingStatus}`;
    if (PlatformType !== 'Linux') return `it runs ${PlatformType}, and the document needs Linux`;
    return isOlder(AgentVersion, leastAgent)
      ? `its SSM agent is ${AgentVersion}, and ${leastAgent} is needed`
      : undefined;
  }
  return 'it is not managed by SSM';
}

function isOlder(version: string, least: string): boolean {
  return version.localeCompare(least, 'en', { numeric: true }) < 0;
}
