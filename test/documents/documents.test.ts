import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandParameters } from '#documents/command-parameters.ts';
import { documentContent } from '#documents/document-content.ts';
import { cpuBurn, diskFill, documents, memoryFill, processKill, undo } from '#documents/documents.ts';

const begun = { strike: 'web-20261126-1', seconds: 300, notAfter: 1_795_000_000 };
const contents = documents.map((document) => ({ document, content: documentContent(document) }));
const patterns = contents.flatMap(({ document, content }) =>
  Object.entries(content.parameters).map(([name, { allowedPattern }]) => ({
    parameter: `${document.name} ${name}`,
    pattern: new RegExp(allowedPattern),
  })),
);

describe('the SSM documents', () => {
  test('are named by what they do', () => {
    expect(documents.map(({ name }) => name)).toEqual([
      'Chaos-CpuBurn',
      'Chaos-MemoryFill',
      'Chaos-DiskFill',
      'Chaos-ProcessKill',
      'Chaos-Undo',
    ]);
  });

  test.each(contents)(
    '$document.name has one step, for Linux, and a limit on the time of its answer',
    ({ content }) => {
      expect(content).toMatchObject({
        schemaVersion: '2.2',
        mainSteps: [
          {
            action: 'aws:runShellScript',
            precondition: { StringEquals: ['platformType', 'Linux'] },
            inputs: { timeoutSeconds: '240', runCommand: expect.arrayContaining(['#!/bin/sh', 'set -u']) },
          },
        ],
      });
    },
  );

  test.each(contents)('$document.name fits into SSM, which takes 64 KB', ({ content }) => {
    expect(Buffer.byteLength(JSON.stringify(content))).toBeLessThan(65_536);
  });

  test.each(contents)(
    '$document.name has every value as a variable, and pastes none into its script',
    ({ content }) => {
      expect(
        Object.values(content.parameters).filter(({ interpolationType }) => interpolationType !== 'ENV_VAR'),
      ).toEqual([]);
      expect(JSON.stringify(content.mainSteps)).not.toContain('{{');
    },
  );

  test('a value that is left out is one that is allowed', () => {
    const values = contents.flatMap(({ content }) =>
      Object.values(content.parameters).flatMap(({ default: value, allowedPattern }) =>
        value === undefined ? [] : [{ value, allowed: new RegExp(allowedPattern).test(value) }],
      ),
    );
    expect(values).not.toEqual([]);
    expect(values.filter(({ allowed }) => !allowed)).toEqual([]);
  });

  test.each(patterns)(
    'the pattern of $parameter lets nothing pass that means something to a shell',
    ({ pattern }) => {
      const special = [...' \t\r\n\0\\\'"`$&|;<>(){}[]*?!~#^%=,'];
      const near = fc.oneof(
        fc.stringMatching(pattern),
        fc.constantFrom('1', '/tmp', 'nginx', '{{ Strike }}', '$(id)'),
      );
      fc.assert(
        fc.property(
          near,
          fc.constantFrom(...special),
          fc.oneof(near, fc.constant('')),
          (before, character, after) => {
            expect(pattern.test(`${before}${character}${after}`)).toBe(false);
          },
        ),
      );
      fc.assert(
        fc.property(fc.stringMatching(pattern), (value) => {
          expect(special.filter((character) => value.includes(character))).toEqual([]);
        }),
      );
    },
  );
});

describe('the limits of whole numbers', () => {
  test.each(contents)(
    'of $document.name are the same in its script, and its pattern allows both',
    ({ document, content }) => {
      const script = document.scripts
        .map((file) => readFileSync(new URL(`../../documents/${file}`, import.meta.url), 'utf8'))
        .join('');
      const limits = [...script.matchAll(/^ *whole (\w+) (\d+) (\d+)$/gm)].map(
        ([, name = '', least, most]) => ({
          name,
          least: Number(least),
          most: Number(most),
        }),
      );
      const numbers = Object.entries(content.parameters).filter(([, { allowedPattern }]) =>
        allowedPattern.includes('[1-9]'),
      );
      expect(limits.map(({ name }) => name).sort()).toEqual(numbers.map(([name]) => name).sort());
      for (const { name, least, most } of limits) {
        const schema = document.parameters.shape[name.charAt(0).toLowerCase() + name.slice(1)];
        const pattern = new RegExp(content.parameters[name]?.allowedPattern ?? '');
        const taken = [least - 1, least, most, most + 1].map((value) => schema?.safeParse(value).success);
        expect({ name, taken }).toEqual({ name, taken: [false, true, true, false] });
        expect([least, most].map((value) => pattern.test(String(value)))).toEqual([true, true]);
      }
    },
  );
});

describe('commandParameters', () => {
  test('gives SendCommand lists of strings, and what is left out as well', () => {
    expect(commandParameters(cpuBurn, { ...begun, percent: 80 })).toEqual({
      Strike: ['web-20261126-1'],
      Seconds: ['300'],
      NotAfter: ['1795000000'],
      Percent: ['80'],
    });
    expect(commandParameters(diskFill, { ...begun, path: '/var/log' })).toMatchObject({
      Path: ['/var/log'],
      Megabytes: ['99999999'],
      LeaveMegabytes: ['200'],
    });
    expect(commandParameters(undo, { strike: begun.strike })).toEqual({ Strike: ['web-20261126-1'] });
  });

  test('gives each document what its patterns allow, and nothing more or less', () => {
    const sent = [
      { document: cpuBurn, parameters: commandParameters(cpuBurn, { ...begun, percent: 95 }) },
      { document: memoryFill, parameters: commandParameters(memoryFill, begun) },
      { document: diskFill, parameters: commandParameters(diskFill, { ...begun, path: '/' }) },
      { document: processKill, parameters: commandParameters(processKill, { ...begun, process: 'nginx' }) },
      { document: undo, parameters: commandParameters(undo, { strike: begun.strike }) },
    ];
    for (const { document, parameters } of sent) {
      const taken = documentContent(document).parameters;
      expect(Object.keys(parameters)).toEqual(Object.keys(taken));
      for (const [name, [value]] of Object.entries(parameters)) {
        expect(value).toMatch(new RegExp(taken[name]?.allowedPattern ?? 'nothing'));
      }
    }
  });

  test.each([
    'init',
    'systemd',
    'systemd-journal',
    'amazon-ssm-agen',
    'ssm-agent-worke',
    'ssm-document-w',
    'ssm-session-wo',
    'sshd',
    'sshd-session',
    '_script.sh',
    'sh',
    'a-name-of-sixteen',
    '$(reboot)',
  ])('refuses to kill %s', (process) => {
    expect(() => commandParameters(processKill, { ...begun, process })).toThrow();
  });

  test.each([
    { percent: 96 },
    { percent: 0 },
    { percent: 50, seconds: 43_201 },
    { percent: 50, strike: 'a b' },
    { percent: 50, notAfter: 0 },
  ])('refuses %o', (values) => {
    expect(() => commandParameters(cpuBurn, { ...begun, ...values })).toThrow();
  });
});
