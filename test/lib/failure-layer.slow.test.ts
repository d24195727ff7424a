import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnCondition, CfnParameter, Fn, Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import {
  type CfnFunction,
  Code,
  DockerImageCode,
  DockerImageFunction,
  determineLatestNodeRuntime,
  type FunctionProps,
  Function as LambdaFunction,
  Runtime,
  SnapStartConf,
} from 'aws-cdk-lib/aws-lambda';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { nodeOptions } from '#lib/failure-layer.ts';
import { FailureLayer } from '#lib/index.ts';
import { repository } from '../support/child-process.ts';
import { nagFindings } from '../support/nag.ts';
import { anApp } from '../support/synth.ts';

const place = { env: { account: '222222222222', region: 'eu-west-1' } };

function aFunction(stack: Stack, props: Partial<FunctionProps> = {}): LambdaFunction {
  return new LambdaFunction(stack, 'Checkout', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => {};'),
    ...props,
  });
}

/** A stack with a function and the layer, and what CloudFormation gets of it. */
function attached(
  props: Partial<FunctionProps> = {},
  { before = (_: LambdaFunction) => {}, after = (_: LambdaFunction) => {} } = {},
) {
  const stack = new Stack(anApp(), 'Shop', place);
  const target = aFunction(stack, props);
  before(target);
  const layer = new FailureLayer(stack, 'FailureLayer');
  const parameter = layer.attachTo(target);
  after(target);
  return { stack, target, layer, parameter, template: Template.fromStack(stack) };
}

function variables(template: Template): Readonly<Record<string, unknown>> {
  const [target] = Object.values(template.findResources('AWS::Lambda::Function'));
  return target?.Properties.Environment.Variables;
}

describe('FailureLayer', () => {
  test('gives a function the layer, the hook, and the name of its parameter', () => {
    const { template } = attached();
    template.resourceCountIs('AWS::Lambda::LayerVersion', 1);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Layers: [{ Ref: Match.stringLikeRegexp('Layer') }],
    });
    const { NODE_OPTIONS, CHAOS_FAILURE_PARAMETER } = variables(template);
    expect(NODE_OPTIONS).toBe(nodeOptions());
    expect(nodeOptions()).toBe(
      '--import=data:text/javascript,await%20import(%22file:///opt/chaos/hook.mjs%22).catch(()=%3E{})',
    );
    template.hasResourceProperties('AWS::SSM::Parameter', {
      Name: CHAOS_FAILURE_PARAMETER,
      Type: 'String',
      Tier: 'Standard',
      Value: '{}',
    });
  });

  test('is what the page tells those who do not use CDK', () => {
    const page = readFileSync(join(repository, 'docs/failure-layer.md'), 'utf8');
    const [sam = '', serverless = ''] = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(
      ([, yaml = '']) => yaml,
    );
    for (const [yaml, logicalId] of [
      [sam, 'Resources.Checkout.Properties.Environment.Variables'],
      [serverless, 'functions.checkout.environment'],
    ] as const) {
      // CloudFormation's own tags are unknown to the parser, and it warns of them.
      const parsed: unknown = parse(yaml, { logLevel: 'error' });
      expect(parsed).toHaveProperty(logicalId, {
        NODE_OPTIONS: nodeOptions(),
        CHAOS_FAILURE_PARAMETER: '/chaos/failures/checkout',
      });
    }
  });

  test('appends to the options that are there, whoever adds them when', () => {
    const own = '--enable-source-maps';
    const add = (target: LambdaFunction) => void target.addEnvironment('NODE_OPTIONS', own);
    for (const { template } of [
      attached({ environment: { NODE_OPTIONS: own, OTHER: 'kept' } }),
      attached({ environment: { OTHER: 'kept' } }, { before: add }),
      attached({ environment: { OTHER: 'kept' } }, { after: add }),
    ]) {
      expect(variables(template)).toMatchObject({ NODE_OPTIONS: `${own} ${nodeOptions()}`, OTHER: 'kept' });
    }
  });

  test.each<[string, (stack: Stack) => string, unknown]>([
    ['a parameter', (stack) => new CfnParameter(stack, 'Options').valueAsString, { Ref: 'Options' }],
    [
      'a text with a parameter in it',
      (stack) => `--max-old-space-size=${new CfnParameter(stack, 'Size').valueAsString}`,
      { 'Fn::Join': ['', ['--max-old-space-size=', { Ref: 'Size' }]] },
    ],
    [
      'a condition',
      (stack) => {
        const expression = Fn.conditionEquals(new CfnParameter(stack, 'Stage').valueAsString, 'test');
        const { logicalId } = new CfnCondition(stack, 'Maps', { expression });
        return Fn.conditionIf(logicalId, '--enable-source-maps', '').toString();
      },
      { 'Fn::If': ['Maps', '--enable-source-maps', ''] },
    ],
  ])('appends to options that are known only when they are deployed: %s', (_what, options, own) => {
    const appended = { 'Fn::Join': [' ', [own, nodeOptions()]] };
    const add = (target: LambdaFunction) =>
      void target.addEnvironment('NODE_OPTIONS', options(Stack.of(target)));
    expect(variables(attached({}, { before: add }).template).NODE_OPTIONS).toEqual(appended);
    expect(variables(attached({}, { after: add }).template).NODE_OPTIONS).toEqual(appended);
    const override = (target: LambdaFunction) => {
      const resource = target.node.defaultChild as CfnFunction;
      resource.addPropertyOverride('Environment.Variables.NODE_OPTIONS', options(Stack.of(target)));
    };
    expect(variables(attached({}, { before: override }).template).NODE_OPTIONS).toEqual(appended);
  });

  test('appends to an override, which outdoes the variable', () => {
    const before = (target: LambdaFunction) =>
      (target.node.defaultChild as CfnFunction).addPropertyOverride('Environment', {
        Variables: { NODE_OPTIONS: '--enable-source-maps', OTHER: 'kept' },
      });
    const { template } = attached({ environment: { NODE_OPTIONS: '--no-warnings' } }, { before });
    expect(variables(template)).toMatchObject({
      NODE_OPTIONS: `--enable-source-maps ${nodeOptions()}`,
      OTHER: 'kept',
    });
  });

  test('allows the function to read exactly its parameter, and nothing else', () => {
    const { template } = attached();
    const name = variables(template).CHAOS_FAILURE_PARAMETER;
    const policies = Object.values(template.findResources('AWS::IAM::Policy'));
    expect(policies.map(({ Properties }) => Properties.PolicyDocument.Statement)).toEqual([
      [
        {
          Effect: 'Allow',
          Action: 'ssm:GetParameter',
          Resource: {
            'Fn::Join': [
              '',
              ['arn:', { Ref: 'AWS::Partition' }, `:ssm:eu-west-1:222222222222:parameter${name}`],
            ],
          },
        },
      ],
    ]);
  });

  test('tags the parameter as the function is tagged, and with its name', () => {
    const { template } = attached({}, { after: (target) => Tags.of(target).add('chaos:opt-in', 'true') });
    const [id] = Object.keys(template.findResources('AWS::Lambda::Function'));
    template.hasResourceProperties('AWS::Lambda::Function', {
      Tags: Match.arrayWith([{ Key: 'chaos:opt-in', Value: 'true' }]),
    });
    template.hasResourceProperties('AWS::SSM::Parameter', {
      Tags: { 'chaos:opt-in': 'true', 'chaos:function': { Ref: id } },
    });
    attached().template.hasResourceProperties('AWS::SSM::Parameter', {
      Tags: { 'chaos:opt-in': Match.absent() },
    });
  });

  test('gives each function a parameter of its own', () => {
    const stack = new Stack(anApp(), 'Shop', place);
    const layer = new FailureLayer(stack, 'FailureLayer');
    const names = ['One', 'Two'].map((id) => {
      const target = new LambdaFunction(stack, id, {
        runtime: Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: Code.fromInline('exports.handler = async () => {};'),
      });
      layer.attachTo(target);
      return stack.resolve(
        (target.node.findChild('ChaosFailures').node.defaultChild as { name?: string }).name,
      );
    });
    expect(new Set(names).size).toBe(2);
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::LayerVersion', 1);
  });

  test('adds nothing that cdk-nag objects to', () => {
    const stack = new Stack(anApp(), 'Shop', place);
    const target = aFunction(stack);
    const before = nagFindings(stack);
    new FailureLayer(stack, 'FailureLayer').attachTo(target);
    expect(nagFindings(stack)).toEqual(before);
  });

  test('takes the newest Node of a region', () => {
    const stack = new Stack(anApp(), 'Shop');
    const target = aFunction(stack, { runtime: determineLatestNodeRuntime(stack) });
    new FailureLayer(stack, 'FailureLayer').attachTo(target);
    expect(variables(Template.fromStack(stack)).NODE_OPTIONS).toBe(nodeOptions());
  });

  test.each<[string, Partial<FunctionProps>, string]>([
    ['Python', { runtime: Runtime.PYTHON_3_13, handler: 'index.handler' }, 'for Node'],
    [
      'a runtime of their own',
      { runtime: Runtime.PROVIDED_AL2023, code: Code.fromAsset('layer') },
      'for Node',
    ],
    ['the first Node', { runtime: Runtime.NODEJS }, 'Node 20 or newer'],
    ['an old Node', { runtime: Runtime.NODEJS_18_X }, 'Node 20 or newer'],
    [
      'SnapStart',
      { snapStart: SnapStartConf.ON_PUBLISHED_VERSIONS, runtime: Runtime.NODEJS_24_X },
      'SnapStart',
    ],
  ])('refuses functions with %s', (_what, props, why) => {
    const stack = new Stack(anApp(), 'Shop', place);
    const attach = () => new FailureLayer(stack, 'FailureLayer').attachTo(aFunction(stack, props));
    expect(attach).toThrow(why);
  });

  test('refuses container images', () => {
    const stack = new Stack(anApp(), 'Shop', place);
    const code = DockerImageCode.fromEcr(Repository.fromRepositoryName(stack, 'Repository', 'shop'));
    const image = () => new DockerImageFunction(stack, 'Image', { code });
    expect(() => new FailureLayer(stack, 'FailureLayer').attachTo(image())).toThrow('container image');
  });

  test('refuses a function of another stack, and one that has it', () => {
    const { layer, target } = attached();
    expect(() => layer.attachTo(target)).toThrow('Shop/Checkout: it is attached already');
    const other = new Stack(anApp(), 'Other', place);
    expect(() => layer.attachTo(aFunction(other))).toThrow('another stack');
  });
});
