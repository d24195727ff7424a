import type { Gate } from '#core/gates/gate.ts';
import type { Guard } from '#core/guards/guard.ts';

/**
 * Regenerates the tables in docs/guards.md, each between `<!-- gates -->` or `<!-- guards: candidate, target -->` and `<!-- end
 * -->`: all gates, or the guards that need this evidence. Throws if a guard is in no table, or a table is empty.
 */
export function guardsPage(page: string, gates: readonly Gate[], guards: readonly Guard[]): string {
  const unlisted = new Set(guards);
  const made = page.replaceAll(
    /(<!-- (gates|guards: (.*)) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, opening: string, what: string, needs: string | undefined, closing: string) => {
      // Kinds share some of them.
      const listed = [...new Set(guards.filter((guard) => needs?.split(', ').includes(guard.needs)))];
      for (const guard of listed) unlisted.delete(guard);
      const rows =
        needs === undefined
          ? gates.map(({ name, summary }) => row(name, summary))
          : listed.map(({ code, summary }) => row(code, summary));
      if (rows.length === 0) throw new Error(`docs/guards.md has an empty table: ${what}`);
      const head = needs === undefined ? ['gate', 'closed when'] : ['guard', 'refuses when'];
      const table = [`| ${head.join(' | ')} |`, '| --- | --- |', ...rows];
      return `${opening}\n${table.join('\n')}\n\n${closing}`;
    },
  );
  if (unlisted.size > 0) {
    throw new Error(`docs/guards.md does not list ${[...unlisted].map(({ code }) => code).join(', ')}`);
  }
  return made;
}

function row(name: string, summary: string): string {
  return `| \`${name}\` | ${summary} |`;
}
