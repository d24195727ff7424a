import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage, Fn, Lazy, Names, Stack, Tags, Token } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type CfnFunction,
  Code,
  type Function as LambdaFunction,
  LayerVersion,
  RuntimeFamily,
} from 'aws-cdk-lib/aws-lambda';
import { ParameterTier, StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { noFailures } from '#layer/failures.ts';
import { functionTag, parameterFolder, parameterVariable } from '#layer/parameter.ts';
import { bundleLayer, oldestNode } from './bundle-layer.ts';

const source = fileURLToPath(new URL('../layer', import.meta.url));

/**
 * What loads the layer from a folder. It is appended to what is there, and it passes over a layer that is missing: a plain
 * `--import` of the file would end the process.
 */
export function nodeOptions(opt = '/opt'): string {
  return `--import=data:text/javascript,await%20import(%22file://${opt}/chaos/hook.mjs%22).catch(()=%3E{})`;
}

/**
 * Lets the control plane inject errors, latency and the like into the functions it is attached to. One for each stack: a function
 * that took its layer from another stack would keep that from ever publishing a new version.
 */
export class FailureLayer extends Construct {
  readonly version: LayerVersion;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.version = new LayerVersion(this, 'Layer', {
      description: 'Injects failures that a parameter names, until the moment it names.',
      compatibleArchitectures: [Architecture.ARM_64, Architecture.X86_64],
      code: Code.fromAsset(source, {
        // Hashes the output: a change that does not affect the layer publishes no version.
        assetHashType: AssetHashType.OUTPUT,
        bundling: {
          // Used only if local bundling declines, which ours never does.
          image: DockerImage.fromRegistry('none'),
          local: {
            tryBundle: (outdir) => {
              bundleLayer(outdir);
              return true;
            },
          },
        },
      }),
    });
  }

  /**
   * Adds the layer, the variables, a parameter of the function's own and the permission to read that. The parameter is within the
   * function: what tags the function, such as the opt-in, tags it as well. An override of NODE_OPTIONS that is added later removes
   * the hook. Throws for a function that the layer cannot serve.
   */
  attachTo(target: LambdaFunction): StringParameter {
    const resource = target.node.defaultChild as CfnFunction;
    const why = this.#unfit(target, resource);
    if (why !== undefined) throw new Error(`FailureLayer cannot be attached to ${target.node.path}: ${why}.`);

    // Fixed, and not the parameter's own: it is tagged with the function's name, and either would wait for the other.
    const name = `${parameterFolder}${Names.uniqueResourceName(target, { maxLength: 100, separator: '-' })}`;
    const parameter = new StringParameter(target, 'ChaosFailures', {
      parameterName: name,
      description:
        'What is injected into the function of this stack, and until when. Written by the chaos control plane.',
      tier: ParameterTier.STANDARD,
      stringValue: noFailures,
    });
    Tags.of(parameter).add(functionTag, target.functionName);

    target.addLayers(this.version);
    target.addEnvironment(parameterVariable, name);
    target.addToRolePolicy(
      new PolicyStatement({
        actions: ['ssm:GetParameter'],
        resources: [
          Stack.of(target).formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.slice(1) }),
        ],
      }),
    );
    // CDK offers no way to ask for overrides, and this one replaces what is there.
    const overrides = Reflect.get(resource, 'rawOverrides');
    const overridden: unknown = overrides?.Properties?.Environment?.Variables?.NODE_OPTIONS;
    resource.addPropertyOverride(
      'Environment.Variables.NODE_OPTIONS',
      // At the very end, as others may add theirs after this.
      Lazy.any({ produce: () => withOptions(overridden ?? optionsOf(resource)) }),
    );
    return parameter;
  }

  #unfit(target: LambdaFunction, resource: CfnFunction): string | undefined {
    const { family, name } = target.runtime;
    if (resource.packageType === 'Image' || name === 'FROM_IMAGE') {
      return 'a container image takes no layers. Copy the files into the image, as docs/failure-layer.md shows';
    }
    if (family !== RuntimeFamily.NODEJS) return `it is for Node, and not for ${name}`;
    // The newest of a region is known only when it is deployed.
    if (!Token.isUnresolved(name) && !(Number(/\d+/.exec(name)?.[0]) >= oldestNode)) {
      return `it needs Node ${oldestNode} or newer, and not ${name}`;
    }
    if (resource.snapStart !== undefined)
      return 'SnapStart restores a process that has read its parameter already';
    if (Stack.of(target) !== Stack.of(this)) return 'it is in another stack. Create a FailureLayer there';
    if (target.node.tryFindChild('ChaosFailures') !== undefined) return 'it is attached already';
    return undefined;
  }
}

function optionsOf(resource: CfnFunction): unknown {
  return Stack.of(resource).resolve(resource.environment)?.variables?.NODE_OPTIONS;
}

/** `own` may be known only when it is deployed, as a parameter's value is. */
function withOptions(own: unknown): string {
  if (own === undefined || own === '') return nodeOptions();
  return Fn.join(' ', [Token.asString(own), nodeOptions()]);
}
