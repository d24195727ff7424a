/**
 * DynamoDB's numbers have 38 digits, more than JavaScript's: they are kept as `units` times ten to the power of
 * minus `scale`, and never rounded.
 */
interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

export function addDecimals(a: string, b: string): string {
  const [left, right, scale] = aligned(a, b);
  return text({ units: left + right, scale });
}

export function subtractDecimals(a: string, b: string): string {
  const [left, right, scale] = aligned(a, b);
  return text({ units: left - right, scale });
}

/** Negative, zero or positive. */
export function compareDecimals(a: string, b: string): number {
  const [left, right] = aligned(a, b);
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** The one way in which a number is written: no exponent, no superfluous zeros. Undefined for what is not a number. */
export function normalDecimal(number: string): string | undefined {
  const decimal = parsed(number);
  return decimal === undefined ? undefined : text(decimal);
}

function aligned(a: string, b: string): readonly [bigint, bigint, number] {
  const [left, right] = [parsed(a), parsed(b)];
  if (left === undefined || right === undefined) throw new RangeError(`not numbers: ${a}, ${b}`);
  const scale = Math.max(left.scale, right.scale);
  const raised = ({ units, scale: own }: Decimal) => units * 10n ** BigInt(scale - own);
  return [raised(left), raised(right), scale];
}

function parsed(number: string): Decimal | undefined {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(number);
  if (parts === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  if (whole === '' && fraction === '') return undefined;
  const units = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 };
}

function text({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
