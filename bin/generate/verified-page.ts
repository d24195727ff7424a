import type { Fact } from '#verify-aws/fact.ts';

const header = `# What is assumed about AWS

<!-- Made by \`npm run generate\` from verify-aws/facts/. Do not edit. -->

Faults that last rest on facts that no document of AWS states for certain. **[?]** marks those that nobody has seen hold at AWS
yet; the others say when and where one was last seen to (\`held\` in its file in verify-aws/facts/).

\`npm run verify:aws -- --account ID\` checks them in a sandbox account, with your default credentials: it says first what it
creates and what that costs, at most a few cents, and removes everything in the end. Each fact is found to hold, or not to hold,
or was not tried, with the reason. With \`--sandbox\` the checks run in memory, which shows that they run, and nothing about AWS.

Where a fact does not hold, its faults still end: they are undone by the janitor, and by \`./chaos undo\`. What it says about the end
without these is then wrong for them.
`;

/** The text of docs/verified.md. */
export function verifiedPage(facts: readonly Fact[]): string {
  const [tried, others] = [
    facts.filter(({ check }) => check !== undefined),
    facts.filter(({ check }) => check === undefined),
  ];
  return [
    header,
    '| fact | | faults | the check creates |',
    '| --- | --- | --- | --- |',
    ...tried.map(({ name, claim, faults, check, held }) =>
      row(`**${name}**: ${claim}`, heldText(held), namesOf(faults), check?.creates.join(', ') ?? ''),
    ),
    '',
    '## Not tried',
    '',
    '| fact | | faults | why |',
    '| --- | --- | --- | --- |',
    ...others.map(({ name, claim, faults, held, notTried = '' }) =>
      row(`**${name}**: ${claim}`, heldText(held), namesOf(faults), notTried),
    ),
    '',
  ].join('\n');
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function heldText(held: Fact['held']): string {
  return held === undefined ? '[?]' : `${held.date}, ${held.region}`;
}

function namesOf(faults: readonly string[]): string {
  return faults.map((name) => `\`${name}\``).join(', ') || 'none yet';
}
