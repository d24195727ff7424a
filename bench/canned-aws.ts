import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { groupsPerRegion, instancesPerGroup } from './wide-config.ts';

/** A server that gives every leashed run the same canned AWS responses. */
const members = Array.from({ length: instancesPerGroup }, (_, index) => index);

const assumeRole = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
<Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
<SessionToken>${'t'.repeat(900)}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
</AssumeRoleResult></AssumeRoleResponse>`;

const groups = `<DescribeAutoScalingGroupsResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/">
<DescribeAutoScalingGroupsResult><AutoScalingGroups>${Array.from({ length: groupsPerRegion }, (_, group) => groupXml(group)).join('')}
</AutoScalingGroups></DescribeAutoScalingGroupsResult></DescribeAutoScalingGroupsResponse>`;

const published = `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>
<MessageId>1</MessageId></PublishResult></PublishResponse>`;

/** DynamoDB's answer to everything: a leashed run only reads the control item and writes its report. */
const ledger = JSON.stringify({ Attributes: { secret: { S: 'ab'.repeat(32) } } });

const standalone = reservations([]);

function groupXml(group: number): string {
  return `<member><AutoScalingGroupName>service-${group}</AutoScalingGroupName>
<AutoScalingGroupARN>arn:aws:autoscaling:eu-west-1:200000000000:autoScalingGroup:5e1f6b1c-7a44-4a8c-9d5c-2f0b1f0a${1000 + group}:autoScalingGroupName/service-${group}</AutoScalingGroupARN>
<MinSize>1</MinSize><MaxSize>9</MaxSize><DesiredCapacity>${instancesPerGroup}</DesiredCapacity><DefaultCooldown>300</DefaultCooldown>
<HealthCheckType>ELB</HealthCheckType><HealthCheckGracePeriod>300</HealthCheckGracePeriod><CreatedTime>2026-01-01T00:00:00Z</CreatedTime>
<LaunchTemplate><LaunchTemplateId>lt-0123456789abcdef0</LaunchTemplateId><LaunchTemplateName>service</LaunchTemplateName><Version>7</Version></LaunchTemplate>
<AvailabilityZones><member>eu-west-1a</member><member>eu-west-1b</member><member>eu-west-1c</member></AvailabilityZones>
<Instances>${members.map((member) => `<member><InstanceId>${idOf(group, member)}</InstanceId><AvailabilityZone>eu-west-1${'abc'.charAt(member % 3)}</AvailabilityZone><LifecycleState>InService</LifecycleState><HealthStatus>Healthy</HealthStatus><ProtectedFromScaleIn>false</ProtectedFromScaleIn><InstanceType>m7g.large</InstanceType></member>`).join('')}</Instances>
<Tags>${['chaos:opt-in', 'owner', 'cost-centre', 'service'].map((key) => `<member><ResourceId>service-${group}</ResourceId><ResourceType>auto-scaling-group</ResourceType><Key>${key}</Key><Value>true</Value><PropagateAtLaunch>true</PropagateAtLaunch></member>`).join('')}</Tags></member>`;
}

function idOf(group: number, member: number): string {
  return `i-0${(group * 100 + member).toString(16).padStart(16, '0')}`;
}

function reservations(ids: readonly string[]): string {
  return `<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><reservationSet>${ids
    .map(
      (
        id,
      ) => `<item><reservationId>r-1</reservationId><ownerId>200000000000</ownerId><instancesSet><item><instanceId>${id}</instanceId>
<imageId>ami-1</imageId><instanceState><code>16</code><name>running</name></instanceState><instanceType>m7g.large</instanceType>
<launchTime>2026-01-01T00:00:00Z</launchTime><placement><availabilityZone>eu-west-1a</availabilityZone><tenancy>default</tenancy></placement>
<privateIpAddress>10.0.0.1</privateIpAddress><vpcId>vpc-1</vpcId><subnetId>subnet-1</subnetId><tagSet><item><key>chaos:opt-in</key><value>true</value></item>
<item><key>aws:autoscaling:groupName</key><value>service</value></item></tagSet></item></instancesSet></item>`,
    )
    .join('')}</reservationSet></DescribeInstancesResponse>`;
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    const target = request.headers['x-amz-target'];
    response.setHeader('content-type', target === undefined ? 'text/xml' : 'application/x-amz-json-1.0');
    response.end(target === undefined ? answerTo(form) : ledger);
  });
});

function answerTo(form: URLSearchParams): string {
  switch (form.get('Action')) {
    case 'AssumeRole':
      return assumeRole;
    case 'Publish':
      return published;
    case 'DescribeAutoScalingGroups':
      return groups;
    default: {
      if (form.get('Filter.1.Name') !== 'instance-id') return standalone;
      return reservations([...form].filter(([key]) => key.startsWith('Filter.1.Value')).map(([, id]) => id));
    }
  }
}

server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
