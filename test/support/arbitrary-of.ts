import fc from 'fast-check';
import type * as z from 'zod';
import type { Parsed } from '#core/util/parse.ts';

/** Whatever a schema of ours reads, as it comes out of it. Throws for kinds of schemas that none of ours has yet. */
export function arbitraryOf<Schema extends z.ZodType>(schema: Schema): fc.Arbitrary<Parsed<Schema>> {
  return arbitrary(schema) as fc.Arbitrary<Parsed<Schema>>;
}

function arbitrary(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object': {
      const members = Object.entries(def.shape).map(([key, member]) => {
        const { type, ...inner } = (member as z.core.$ZodTypes)._zod.def;
        const isOptional = type === 'optional' && 'innerType' in inner;
        return { key, isOptional, value: arbitrary(isOptional ? inner.innerType : member) };
      });
      return fc.record(Object.fromEntries(members.map(({ key, value }) => [key, value])), {
        requiredKeys: members.filter(({ isOptional }) => !isOptional).map(({ key }) => key),
        noNullPrototype: true,
      });
    }
    case 'array':
      return fc.array(arbitrary(def.element), { maxLength: 3 });
    case 'tuple':
      return fc.tuple(...def.items.map(arbitrary));
    case 'record':
      return fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        arbitrary(def.valueType),
        { maxKeys: 3, noNullPrototype: true },
      );
    case 'union':
      return fc.oneof(...def.options.map(arbitrary));
    case 'nullable':
      return fc.option(arbitrary(def.innerType), { nil: null });
    case 'optional':
      return fc.option(arbitrary(def.innerType), { nil: undefined });
    case 'prefault':
      return arbitrary(def.innerType);
    case 'pipe':
      return arbitrary(def.in).map((input) => (schema as z.ZodType).parse(input));
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries));
    case 'literal':
      return fc.constantFrom(...def.values);
    case 'boolean':
      return fc.boolean();
    case 'number': {
      const { isInt, minValue, safeParse } = schema as z.ZodNumber;
      return isInt
        ? fc.integer({ min: Math.max(minValue ?? 0, -1_000) }).filter((number) => safeParse(number).success)
        : // JSON has no -0.
          fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0);
    }
    case 'string':
      return aText(def);
    case 'unknown':
    case 'lazy':
      return fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));
    default:
      throw new Error(`no schema of ours was of type ${def.type}`);
  }
}

function aText(def: z.core.$ZodStringDef): fc.Arbitrary<string> {
  if (!('format' in def)) return fc.string({ unit: 'grapheme' });
  const moment = fc
    .date({ noInvalidDate: true, min: new Date('2000-01-01'), max: new Date('2099-12-31') })
    .map((date) => date.toISOString());
  if (def.format === 'datetime') return moment;
  if (def.format === 'date') return moment.map((text) => text.slice(0, 10));
  throw new Error(`no text of ours was a ${String(def.format)}`);
}

/** A value of a schema, with a member in each of its objects that the schema does not know. */
export function withMore(schema: z.core.$ZodType, value: unknown): unknown {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (typeof value !== 'object' || value === null) return value;
  switch (def.type) {
    case 'object': {
      const known = Object.entries(value).map(([key, member]) => {
        const shape = def.shape[key];
        return [key, shape === undefined ? member : withMore(shape, member)];
      });
      // One that is open to any member keeps it.
      return { ...Object.fromEntries(known), ...(def.catchall === undefined && { weather: 'fine' }) };
    }
    case 'array':
      return Object.values(value).map((element) => withMore(def.element, element));
    case 'union': {
      const option = def.options.find((one) => (one as z.ZodType).safeParse(value).success);
      return option === undefined ? value : withMore(option, value);
    }
    case 'nullable':
    case 'optional':
    case 'prefault':
      return withMore(def.innerType, value);
    case 'pipe':
      return withMore(def.in, value);
    default:
      return value;
  }
}
