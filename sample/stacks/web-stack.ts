import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { AdditionalHealthCheckType, AutoScalingGroup, HealthChecks } from 'aws-cdk-lib/aws-autoscaling';
import {
  AmazonLinuxCpuType,
  InstanceType,
  type IVpc,
  LaunchTemplate,
  MachineImage,
  Port,
  SecurityGroup,
  SubnetType,
  UserData,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';

const port = 80;

/** A group of two instances, each in a zone of its own, behind a load balancer. */
export class WebStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    // Its own type declares as absent what the interface declares as undefined.
    const vpc = new Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'public', subnetType: SubnetType.PUBLIC }],
    }) as IVpc;
    const balancer = new ApplicationLoadBalancer(this, 'Balancer', { vpc, internetFacing: true });
    const securityGroup = new SecurityGroup(this, 'Instances', { vpc });
    const userData = UserData.forLinux();
    userData.addCommands(
      'mkdir /srv/web',
      'echo "served by $(hostname)" >/srv/web/index.html',
      `systemd-run --unit=web --property=Restart=always --working-directory=/srv/web python3 -m http.server ${port}`,
    );
    const group = new AutoScalingGroup(this, 'Web', {
      ...{ vpc, autoScalingGroupName: 'web', minCapacity: 2, maxCapacity: 4 },
      launchTemplate: new LaunchTemplate(this, 'Launch', {
        instanceType: new InstanceType('t4g.nano'),
        machineImage: MachineImage.latestAmazonLinux2023({ cpuType: AmazonLinuxCpuType.ARM_64 }),
        requireImdsv2: true,
        associatePublicIpAddress: true,
        ...{ securityGroup, userData },
      }),
      healthChecks: HealthChecks.withAdditionalChecks({
        additionalTypes: [AdditionalHealthCheckType.ELB],
        gracePeriod: Duration.minutes(2),
      }),
    });
    securityGroup.connections.allowFrom(balancer, Port.tcp(port));
    balancer.addListener('Http', { port }).addTargets('Group', {
      port,
      targets: [group],
      deregistrationDelay: Duration.seconds(30),
      healthCheck: { interval: Duration.seconds(10), unhealthyThresholdCount: 2, healthyThresholdCount: 2 },
    });
    new CfnOutput(this, 'Url', { value: `http://${balancer.loadBalancerDnsName}` });
  }
}
