import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { closestRoom, importsIn } from './imports.ts';

/**
 * `node test/architecture/measure.ts [FOLDER]` measures a checkout, this one unless another is named: what docs/architecture.md
 * compares.
 */
type Graph = ReadonlyMap<string, ReadonlySet<string>>;

const root = resolve(process.argv[2] ?? '.');
const tops = '{aws,bin,cli,core,faults,lambdas,lib,notify,sandbox,target-role,targets,wiring}';
const files = globSync(`${tops}/**/*.ts`, { cwd: root });
const imports = files.flatMap((file) => importsIn(root, file));
const graph = graphOf(files, (file) => file);
const core = files.filter((file) => file.startsWith('core/'));
const table = join(root, 'test/architecture/arrows.ts');
const rooms = existsSync(table) ? Object.keys((await import(pathToFileURL(table).href)).arrows) : ['core'];
const roomOf = (file: string) => closestRoom(file, rooms);

console.table({
  'files of core': core.length,
  'files on the top level of core': core.filter((file) => file.split('/').length === 2).length,
  'rooms of core': new Set(core.map(roomOf)).size,
  'floors of core, by room': floorsOf(graphOf(core, roomOf)),
  'floors of core, by file': floorsOf(graphOf(core, (file) => file)),
  'files in import cycles': files.filter((file) => reachedFrom(file, graph).has(file)).length,
  'lines of source': linesOf(globSync('**/*.ts', { cwd: root, exclude: ['node_modules', 'test'] })),
  'lines of tests': linesOf(globSync('test/**/*.ts', { cwd: root })),
});

/** What imports what, by file or by room. */
function graphOf(nodes: readonly string[], nameOf: (file: string) => string): Graph {
  const edges = imports.flatMap(({ from, to }) =>
    to !== undefined && nodes.includes(from) && nodes.includes(to)
      ? [[nameOf(from), nameOf(to)] as const]
      : [],
  );
  const targets = Map.groupBy(edges, ([from]) => from);
  return new Map(
    nodes.map(nameOf).map((name) => {
      const those = (targets.get(name) ?? []).map(([, to]) => to);
      return [name, new Set(those.filter((to) => to !== name))];
    }),
  );
}

function reachedFrom(start: string, within: Graph): ReadonlySet<string> {
  const reached = new Set(within.get(start));
  for (const node of reached) for (const next of within.get(node) ?? []) reached.add(next);
  return reached;
}

/** The longest chain of imports. Whatever imports each other in a circle is one floor, however many they are. */
function floorsOf(within: Graph): number {
  const reached = new Map([...within.keys()].map((node) => [node, reachedFrom(node, within)]));
  const known = new Map<string, number>();
  const floorOf = (node: string): number => {
    const floor =
      known.get(node) ??
      1 +
        Math.max(
          0,
          ...[...(reached.get(node) ?? [])].filter((to) => !reached.get(to)?.has(node)).map(floorOf),
        );
    known.set(node, floor);
    return floor;
  };
  return Math.max(...[...within.keys()].map(floorOf));
}

function linesOf(paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + readFileSync(join(root, path), 'utf8').split('\n').length - 1, 0);
}
