import type { AwsCredentialIdentity } from '@smithy/types';
import { roleArn } from '#core/model/aws-names.ts';
import { stackName } from '#lib/outputs.ts';
import { janitorRoleName, masterRoleName } from '#target-role/names.ts';
import { type LambdaContainer, startContainer } from '../support/lambda-container.ts';
import { startMoto } from '../support/moto.ts';
import { assumedInMoto, type MotoAccount, motoAccount, operatorRoleName } from '../support/moto-account.ts';
import { findMotoFunction, findMotoTemplate } from '../support/moto-function.ts';
import { type MotoProxy, startMotoProxy } from '../support/moto-proxy.ts';
import { resolveTemplate, roleNamed } from '../support/resolved-template.ts';
import { accountIds, home, masterId, targetIds } from './accounts-and-regions.ts';
import type { Variant } from './config.ts';
import { type LedgerItems, ledgerItems } from './ledger-items.ts';
import { aFleet, type Fleet } from './moto-fleet.ts';
import { bootstrap, deployMaster, onboard, onboardForUndo } from './stacks.ts';
import { readAssembly } from './synthesize.ts';

/** Three accounts in moto with the synthesized stacks deployed in them. */
export interface MotoDeployment {
  readonly proxy: MotoProxy;
  readonly fleet: Fleet;
  readonly ledger: LedgerItems;
  account(id: string): MotoAccount;
  /** A configuration file, as the deployed function's was. */
  readonly configFile: string;
  /** Deploys the master's stack anew, by another configuration. */
  deploy(configuration: { readonly leashed: boolean }): Promise<void>;
  /** `chaos_monkey` as it is deployed now, warm. */
  monkey(): LambdaContainer;
  /** Another container of a deployed function. `environment` is added to the function's own. */
  start(functionName: string, environment?: Readonly<Record<string, string>>): Promise<LambdaContainer>;
  /** Credentials of a role, whoever may assume it. */
  assumed(roleArn: string): Promise<AwsCredentialIdentity>;
  /** The master's template as CloudFormation has it, with its references resolved. */
  resources(): Promise<ReturnType<typeof resolveTemplate>>;
  /** A slot that no run has had yet, and that is still good. */
  slot(): string;
  stop(): Promise<void>;
}

/** `assemblies`: the folder that was synthesized into. `variant`: what is deployed first. */
export async function deployToMoto(assemblies: string, variant: Variant): Promise<MotoDeployment> {
  const cleanUps: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  };
  try {
    return await build(assemblies, variant, cleanUps, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function build(
  folder: string,
  variant: Variant,
  cleanUps: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<MotoDeployment> {
  const starting = startMoto();
  cleanUps.push(() =>
    starting.then(
      (started) => started.stop(),
      () => {},
    ),
  );
  const [moto, first, leashed] = await Promise.all([
    starting,
    readAssembly(folder, variant),
    readAssembly(folder, 'leashed'),
  ]);

  const accounts = await Promise.all(accountIds.map((id) => motoAccount(moto.endpoint, id)));
  const account = (id: string): MotoAccount => {
    const found = accounts.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no account ${id}`);
    return found;
  };
  const master = account(masterId);
  const resources = async () =>
    resolveTemplate(await findMotoTemplate(master, home, stackName), { account: masterId, region: home });
  const proxy = await startMotoProxy({
    motoEndpoint: moto.endpoint,
    accounts,
    policiesOf: async (arn) => {
      if (arn === roleArn('aws', masterId, operatorRoleName)) return [mayAssumeAny];
      const name = [masterRoleName, janitorRoleName].find((one) => arn === roleArn('aws', masterId, one));
      return name === undefined ? [] : roleNamed(await resources(), name).inlinePolicies;
    },
  });
  cleanUps.push(() => proxy.stop());

  const assumed = (arn: string) => assumedInMoto(moto.endpoint, arn);
  const start = async (functionName: string, environment: Readonly<Record<string, string>> = {}) => {
    const found = await findMotoFunction(master, home, { stackName, functionName });
    return startContainer(found, {
      region: home,
      credentials: await assumed(found.configuration.Role ?? ''),
      environment: { AWS_ENDPOINT_URL: proxy.endpoint, ...environment },
    });
  };

  await bootstrap(master, first);
  await deployMaster(master, first, { isThere: false });
  for (const id of targetIds) await onboard(account(id));
  if (variant === 'lasting') for (const one of accounts) await onboardForUndo(one);
  let monkey = await start('chaos_monkey');
  cleanUps.push(async () => monkey[Symbol.asyncDispose]());

  const begun = Date.now();
  let slots = 0;
  return {
    proxy,
    fleet: await aFleet(accounts),
    ledger: await ledgerItems(master),
    account,
    configFile: first.configFile,
    deploy: async (configuration) => {
      await deployMaster(master, configuration.leashed ? leashed : first, { isThere: true });
      await monkey[Symbol.asyncDispose]();
      monkey = await start('chaos_monkey');
    },
    monkey: () => monkey,
    start,
    assumed,
    resources,
    slot: () => {
      slots += 1;
      return `${new Date(begun - slots * 60_000).toISOString().slice(0, 19)}Z`;
    },
    stop,
  };
}

/** What an administrator of the master account may do. Whom a role lets in, it says itself. */
const mayAssumeAny = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }],
};
