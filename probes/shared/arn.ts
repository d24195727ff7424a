import * as z from 'zod';

/** The ARN of a resource that lives in one account and region. */
export function arnOf(service: string, resource: RegExp, example: string): z.ZodType<string, string> {
  const expected = `expected an ARN in quotes, such as "${example}"`;
  const pattern = `^arn:aws[a-z-]*:${service}:[a-z0-9-]+:\\d{12}:(?:${resource.source})$`;
  return z.string(expected).regex(new RegExp(pattern), expected);
}

export interface ArnParts {
  readonly region: string;
  readonly account: string;
  /** What follows the account: `alarm:checkout`. */
  readonly resource: string;
}

export function arnParts(arn: string): ArnParts {
  const [, , , region = '', account = '', ...resource] = arn.split(':');
  return { region, account, resource: resource.join(':') };
}
