import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { ClientScope, Clients } from '#aws/clients/clients.ts';
import type { SdkClient, SdkClientClass } from '#core/model/injector.ts';
import type { Account } from '#sandbox/state/account.ts';
import type { Region } from '#sandbox/state/region.ts';

/** An AWS that the contract's facts are checked on. */
export interface AwsUnderTest {
  readonly clients: Clients;
  /** A new, empty account, so that facts do not disturb each other. */
  account(): Promise<AccountUnderTest>;
  /** Lets everything that is under way finish. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export interface AccountUnderTest {
  readonly id: string;
  readonly roleArn: string;
  readonly externalId: string;
  /** The account's role, assumed. */
  scope(region?: string): ClientScope;
  /** Puts something into the account that the facts then look at. */
  arrange<Result>(how: Arrangement<Result>): Promise<Result>;
}

/** How something gets into an account: into the state of the sandbox, and into moto by calls that the sandbox does not implement. */
export interface Arrangement<Result> {
  sandbox(at: { readonly account: Account; readonly region: Region; readonly now: number }): Result;
  moto(client: ClientOf): Promise<Result>;
}

/** A client of the account's role. */
export type ClientOf = <Client extends SdkClient>(service: SdkClientClass<Client>, region?: string) => Client;

export const home = 'eu-west-1';
export const roleName = 'target';

/**
 * A fact that AWS documents. Where moto is known to differ, the fact says how, and is checked on the sandbox alone: moto is a
 * second opinion, AWS's documentation is the first.
 */
export type Fact = (
  name: string,
  holds: (account: AccountUnderTest, aws: AwsUnderTest) => Promise<void>,
  motoDiffers?: string,
) => void;

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
