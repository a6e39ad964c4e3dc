import { createInterface } from 'node:readline/promises';
import type { Person } from '@kith/sdk';
import { Command } from 'commander';
import { CliError } from '../lib/CliError';
import { clientOf, id, type ServerOptions, show, table, withServer } from '../server/command';

interface ListOptions extends ServerOptions {
  search?: string;
  limit: number;
}

/** `kith people`: who is known, and putting it right. */
export function peopleCommand(): Command {
  const people = new Command('people').description('list, show, rename, merge and delete people');

  withServer(people.command('list', { isDefault: true }))
    .description('list people')
    .option('--search <words>', 'words of the name or the user_id')
    .option('--limit <count>', 'at most so many', id, 1_000)
    .action(async (options: ListOptions) => {
      const found = await listed(options);
      show(options, { people: found }, () => table([HEADER, ...found.map(rowOf)]));
    });

  withServer(people.command('show'))
    .description('show a person')
    .argument('<person_id>', '', id)
    .action(async (personId: number, options: ServerOptions) => {
      const person = await clientOf(options).people.get(personId);
      show(options, person, () => table(Object.entries(person)));
    });

  withServer(people.command('rename'))
    .description('give a person another name')
    .argument('<person_id>', '', id)
    .argument('<name>')
    .action(async (personId: number, name: string, options: ServerOptions) => {
      const person = await clientOf(options).people.change(personId, { name });
      show(options, person, () => [`${personId} is ${person.name} now.`]);
    });

  withServer(people.command('merge'))
    .description('make two people one: all samples of the first become those of the second')
    .argument('<from>', '', id)
    .argument('<into>', '', id)
    .action(async (from: number, into: number, options: ServerOptions) => {
      const person = await clientOf(options).people.merge({ from, into });
      show(options, person, () => [`${into} has ${person.samples} samples now; ${from} is gone.`]);
    });

  withServer(people.command('delete'))
    .description('erase a person with all samples, pictures and recognitions, on every phone too')
    .argument('<person_id>', '', id)
    .option('--yes', 'do not ask')
    .action(async (personId: number, options: ServerOptions & { yes?: boolean }) => {
      const client = clientOf(options);
      const { name, samples } = await client.people.get(personId);
      await confirm(`Erase ${name ?? `person ${personId}`} with ${samples} samples?`, options.yes);
      const gone = await client.people.delete(personId);
      show(options, gone, () => [`Erased, with ${gone.deleted_faces} samples.`]);
    });
  return people;
}

const HEADER = ['id', 'name', 'user_id', 'samples', 'consent until'];
const rowOf = (person: Person) => [
  person.person_id,
  person.name,
  person.user_id,
  person.samples,
  person.consent_until?.slice(0, 10),
];

async function listed({ search, limit, ...options }: ListOptions): Promise<Person[]> {
  const client = clientOf(options);
  const found: Person[] = [];
  for (let cursor: string | undefined; found.length < limit; ) {
    const page = await client.people.list({
      order: 'name',
      limit: Math.min(200, limit - found.length),
      q: search,
      cursor,
    });
    found.push(...page.people);
    if (page.next_cursor === null) break;
    cursor = page.next_cursor;
  }
  return found;
}

/** Goes on only when somebody at the keyboard says yes, or `--yes` did. */
export async function confirm(question: string, yes: boolean | undefined): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) throw new CliError('nobody can be asked here: give --yes');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} (yes/no) `);
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new CliError('nothing was changed');
}
