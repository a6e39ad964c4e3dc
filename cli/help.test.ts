import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { program } from './program';

/** Returns the commands that have an action, with their full names. */
function leaves(command: Command, path: string[] = []): { name: string; command: Command }[] {
  if (command.commands.length === 0) return [{ name: path.join(' '), command }];
  return command.commands.flatMap((child) => leaves(child, [...path, child.name()]));
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  return text;
}

describe.each(leaves(program()))('kith $name', ({ name, command }) => {
  const help = helpOf(command);

  test('has a help that shows how it is used', () => {
    expect(command.description().length).toBeGreaterThan(10);
    expect(help).toMatch(new RegExp(`\\nExamples?:\\n(?:  .*\\n?)*?  .*kith ${name}\\b`));
  });

  test('explains every argument and option', () => {
    const unexplained = [...command.registeredArguments, ...command.options].filter(({ description }) => !description);
    expect(unexplained.map((one) => one.name())).toEqual([]);
  });

  test('prints JSON when asked to', () => {
    expect(help).toContain('--json');
  });
});
