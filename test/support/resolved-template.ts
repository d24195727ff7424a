/** A CloudFormation template, as far as tests look into it. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: string }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}
export interface TemplateResource {
  readonly Type: string;
  /** It is made only where this holds. */
  readonly Condition?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** Where a template is deployed, and with what. */
export interface Deployment {
  readonly account: string;
  readonly region: string;
  /** Left out: the defaults. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** ARNs of the resources that others refer to. The logical id stands for the physical one where none is fixed. */
const arns: Readonly<Record<string, (name: string, deployment: Deployment) => string>> = {
  'AWS::DynamoDB::Table': (name, { region, account }) =>
    `arn:aws:dynamodb:${region}:${account}:table/${name}`,
  'AWS::Events::Rule': (name, { region, account }) => `arn:aws:events:${region}:${account}:rule/${name}`,
  'AWS::IAM::Role': (name, { account }) => `arn:aws:iam::${account}:role/${name}`,
  'AWS::Lambda::Function': (name, { region, account }) =>
    `arn:aws:lambda:${region}:${account}:function:${name}`,
  'AWS::Logs::LogGroup': (name, { region, account }) =>
    `arn:aws:logs:${region}:${account}:log-group:${name}:*`,
  'AWS::S3::Bucket': (name) => `arn:aws:s3:::${name}`,
  'AWS::SNS::Topic': (name, { region, account }) => `arn:aws:sns:${region}:${account}:${name}`,
  'AWS::SQS::Queue': (name, { region, account }) => `arn:aws:sqs:${region}:${account}:${name}`,
};
const nameProperties = ['FunctionName', 'RoleName', 'LogGroupName'];

/** The resources of a template with its functions resolved, as CloudFormation would when it deploys it. Throws for what it does not know. */
export function resolveTemplate(
  template: Template,
  deployment: Deployment,
): Readonly<Record<string, TemplateResource>> {
  const { account, region } = deployment;
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const nothing = Symbol('AWS::NoValue');

  const nameOf = (id: string): string => {
    const { Properties = {} } = resource(id);
    const name = nameProperties
      .map((property) => Properties[property])
      .find((value) => typeof value === 'string');
    return typeof name === 'string' ? name : id;
  };
  const resource = (id: string): TemplateResource => {
    const found = template.Resources[id];
    if (found === undefined) throw new Error(`the template has no ${id}`);
    return found;
  };
  const arnOf = (id: string): string => {
    const toArn = arns[resource(id).Type];
    if (toArn === undefined) throw new Error(`no ARN is known for ${resource(id).Type}`);
    return toArn(nameOf(id), deployment);
  };
  const ref = (name: string): unknown => {
    if (name === 'AWS::NoValue') return nothing;
    if (pseudo[name] !== undefined) return pseudo[name];
    const parameter = template.Parameters?.[name];
    if (parameter === undefined)
      return resource(name).Type === 'AWS::SNS::Topic' ? arnOf(name) : nameOf(name);
    const value = deployment.parameters?.[name] ?? parameter.Default ?? '';
    return parameter.Type === 'CommaDelimitedList' ? value.split(',') : value;
  };
  const functions: Readonly<Record<string, (argument: unknown) => unknown>> = {
    Ref: (name) => ref(String(name)),
    'Fn::GetAtt': (path) => {
      const [id, attribute] = path as [string, string];
      return attribute === 'Arn' ? arnOf(id) : nameOf(id);
    },
    'Fn::Join': (argument) => {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map(resolve).join(separator);
    },
    'Fn::Sub': (text) => String(text).replace(/\$\{([\w:]+)\}/g, (_, name: string) => String(ref(name))),
    'Fn::If': (argument) => {
      const [condition, then, otherwise] = argument as [string, unknown, unknown];
      return resolve(resolve(template.Conditions?.[condition]) ? then : otherwise);
    },
    Condition: (name) => resolve(template.Conditions?.[String(name)]),
    'Fn::Not': (argument) => !resolve((argument as [unknown])[0]),
    'Fn::Equals': (argument) => {
      const [left, right] = (argument as [unknown, unknown]).map(resolve);
      return left === right;
    },
  };
  const resolve = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(resolve).filter((item) => item !== nothing);
    if (typeof node !== 'object' || node === null) return node;
    const [[key, argument] = ['', undefined], ...others] = Object.entries(node);
    const call = functions[key];
    if (call !== undefined && others.length === 0) return call(argument);
    if (key.startsWith('Fn::')) throw new Error(`${key} is not known`);
    return Object.fromEntries(
      Object.entries(node).flatMap(([name, value]) => {
        const resolved = resolve(value);
        return resolved === nothing ? [] : [[name, resolved]];
      }),
    );
  };

  return Object.fromEntries(
    Object.entries(template.Resources)
      .filter(
        ([, { Condition }]) => Condition === undefined || resolve(template.Conditions?.[Condition]) === true,
      )
      .map(([id, { Type, Properties = {} }]) => [
        id,
        { Type, Properties: resolve(Properties) as Record<string, unknown> },
      ]),
  );
}

export interface DeployedRole {
  readonly trustPolicy: object;
  readonly inlinePolicies: readonly object[];
  readonly managedPolicies: readonly object[];
}

/** A role of deployed resources by its name, with all policies attached to it. */
export function roleNamed(resources: ReturnType<typeof resolveTemplate>, name: string): DeployedRole {
  const all = Object.values(resources);
  const role = all.find(({ Type, Properties }) => Type === 'AWS::IAM::Role' && Properties.RoleName === name);
  if (role === undefined) throw new Error(`no role is named ${name}`);
  const attached = (type: string) =>
    all
      .filter(({ Type, Properties }) => Type === type && (Properties.Roles as string[]).includes(name))
      .map(({ Properties }) => Properties.PolicyDocument as object);
  const { AssumeRolePolicyDocument, Policies = [] } = role.Properties;
  return {
    trustPolicy: AssumeRolePolicyDocument as object,
    inlinePolicies: [
      ...(Policies as { readonly PolicyDocument: object }[]).map(({ PolicyDocument }) => PolicyDocument),
      ...attached('AWS::IAM::Policy'),
    ],
    managedPolicies: attached('AWS::IAM::ManagedPolicy'),
  };
}

/** The resources whose ARNs are known, each with its tags. */
export function resolvedArns(
  template: Template,
  deployment: Deployment,
): readonly { readonly arn: string; readonly tags: Readonly<Record<string, string>> }[] {
  return Object.entries(resolveTemplate(template, deployment)).flatMap(([id, { Type, Properties }]) => {
    const name = nameProperties.map((property) => Properties[property]).find((value) => value !== undefined);
    const arn = arns[Type]?.(String(name ?? id), deployment);
    const tags = (Properties.Tags ?? []) as readonly { readonly Key: string; readonly Value: string }[];
    return arn === undefined
      ? []
      : [{ arn, tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) }];
  });
}
