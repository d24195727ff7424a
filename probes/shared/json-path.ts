import { JSONPathEnvironment, type JSONPathQuery, type JSONValue } from 'json-p3';

/** RFC 9535 without its two functions that take a regular expression: `body.matches` is there for those. */
const environment = new JSONPathEnvironment();
environment.functionRegister.delete('match');
environment.functionRegister.delete('search');

export interface JsonPath {
  readonly text: string;
  /** It names one place: it cannot take long, whatever it is applied to. */
  readonly isSingular: boolean;
  /** All values that it selects. */
  select(from: JSONValue): readonly JSONValue[];
}

/** Throws where it is no query of RFC 9535. */
export function jsonPath(text: string): JsonPath {
  const query = environment.compile(text);
  const [, list] = /^(.+)\.length$/s.exec(text) ?? [];
  const sized = list === undefined ? undefined : environment.compile(list);
  return {
    text,
    isSingular: query.singularQuery(),
    select: (from) => {
      const selected = query.query(from).values();
      return selected.length > 0 || sized === undefined ? selected : lengths(sized, from);
    },
  };
}

/** `$.images.length`, as most know it from other implementations; to RFC 9535 it is a member with that name, which goes first. */
function lengths(sized: JSONPathQuery, from: JSONValue): readonly JSONValue[] {
  return sized
    .query(from)
    .values()
    .flatMap((value) => (Array.isArray(value) ? [value.length] : []));
}
