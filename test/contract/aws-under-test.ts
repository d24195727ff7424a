import type { AlarmType, StateValue } from '@aws-sdk/client-cloudwatch';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, test } from 'vitest';
import type { ClientScope, Clients } from '#aws/clients.ts';
import type { Process } from '#sandbox/auto-scaling/group-clockwork.ts';

/** An AWS that the contract's facts are held against. */
export interface AwsUnderTest {
  readonly clients: Clients;
  /** A fresh, empty account, so that facts do not disturb each other. */
  account(): Promise<AccountUnderTest>;
  /** Lets everything that is under way come to its end. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export interface AccountUnderTest {
  readonly id: string;
  readonly roleArn: string;
  readonly externalId: string;
  /** The account's role, assumed. */
  scope(region?: string): ClientScope;
  /** Standalone instances, running. Answers with their ids. */
  instances(count: number, tags: Record<string, string>, region?: string): Promise<readonly string[]>;
  /** A standalone Spot Instance of a one-time request, running. Answers with its id. */
  spotInstance(): Promise<string>;
  /** Protects an instance from termination by its attribute. */
  protect(instanceId: string): Promise<void>;
  /** Protects an instance from being stopped by its attribute. */
  protectFromStop(instanceId: string): Promise<void>;
  group(group: GroupUnderTest): Promise<void>;
  /** Suspends a process of a group. */
  suspend(group: string, process: Process): Promise<void>;
  /** Protects a member from scale-in. */
  protectFromScaleIn(group: string, instanceId: string): Promise<void>;
  /** With the partition key `pk` and the sort key `sk`, both strings. */
  table(name: string): Promise<void>;
  /** Answers with its ARN. */
  topic(name: string): Promise<string>;
  secureString(name: string, value: string): Promise<void>;
  /** A CloudWatch alarm in this state: a metric alarm, unless said otherwise. */
  alarm(name: string, state: StateValue, type?: AlarmType): Promise<void>;
}

export interface GroupUnderTest {
  readonly name: string;
  readonly desired: number;
  readonly min: number;
  readonly max: number;
  readonly tags: Record<string, string>;
  readonly propagateTags: boolean;
}

export const home = 'eu-west-1';
export const roleName = 'target';

export type Aws = 'sandbox' | 'moto';

/**
 * A fact that AWS documents. Where moto is known to differ, the fact says how, and is stated of the sandbox alone: moto is a
 * second opinion, AWS's documentation is the first.
 */
export type Fact = (
  name: string,
  holds: (account: AccountUnderTest, aws: AwsUnderTest) => Promise<void>,
  motoDiffers?: string,
) => void;

export function facts(title: string, on: Aws, aws: () => AwsUnderTest, state: (fact: Fact) => void): void {
  describe(`${title}, on ${on}`, () => {
    state((name, holds, motoDiffers) => {
      if (on === 'moto' && motoDiffers !== undefined) return;
      test(name, async () => holds(await aws().account(), aws()));
    });
  });
}

/** Credentials of a role, asked for with the process's own. */
export async function assume(
  clients: Clients,
  { roleArn, externalId }: Pick<AccountUnderTest, 'roleArn' | 'externalId'>,
) {
  const { Credentials } = await clients(STSClient, { region: home }).send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'contract', ExternalId: externalId }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
