/**
 * Fills the lists of a page, each between `<!-- KIND: one, another -->` and `<!-- end -->`, with what is made of those that it names.
 * `others` names those that no list names, so that a new one is somewhere. Throws for names of nothing.
 */
export function fillLists<One extends { readonly name: string }>(
  page: string,
  kind: string,
  all: readonly One[],
  make: (listed: readonly One[]) => string,
): string {
  const lists = new RegExp(`(<!-- ${kind}: (.*) -->\\n)[\\s\\S]*?(<!-- end -->)`, 'g');
  const named = [...page.matchAll(lists)].flatMap(([, , names = '']) => namesIn(names));
  const unknown = named.filter((name) => name !== 'others' && !all.some((one) => one.name === name));
  if (unknown.length > 0) throw new Error(`a page lists what there is not: ${unknown.join(', ')}`);
  const others = all.filter(({ name }) => !named.includes(name));
  if (others.length > 0 && !named.includes('others')) {
    throw new Error(`a page does not list ${others.map(({ name }) => name).join(', ')}`);
  }
  return page.replaceAll(lists, (_, opening: string, names: string, closing: string) => {
    const listed = namesIn(names).flatMap((name) =>
      name === 'others' ? others : all.filter((one) => one.name === name),
    );
    return `${opening}${listed.length === 0 ? '' : `\n${make(listed)}\n`}${closing}`;
  });
}

function namesIn(list: string): readonly string[] {
  return list.split(', ');
}
