import { faults } from '#faults/registry.ts';

/** The names of all other faults. */
export function withoutFault(name: string): string[] {
  return [...faults.keys()].filter((other) => other !== name);
}

/** The actions that only this fault calls, and that these documents name all the same. Its kind may be read for other faults. */
export function leftActions(name: string, documents: readonly object[]): readonly string[] {
  const text = JSON.stringify(documents);
  const others = withoutFault(name).flatMap((other) => faults.get(other) ?? []);
  const shared = new Set(others.flatMap(({ permissions }) => permissions.map(({ action }) => action)));
  const { kind, permissions = [] } = faults.get(name) ?? {};
  return permissions
    .map(({ action }) => action)
    .filter((action) => !shared.has(action) && text.includes(`"${action}"`))
    .filter(
      (action) => !(others.some((other) => other.kind === kind) && /:(Get|List|Describe)/.test(action)),
    );
}
