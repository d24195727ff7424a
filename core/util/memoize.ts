/** Caches a function of a string. */
export function memoized<Value>(work: (text: string) => Value): (text: string) => Value {
  const answers = new Map<string, { readonly value: Value }>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known.value;
    const value = work(text);
    answers.set(text, { value });
    return value;
  };
}
