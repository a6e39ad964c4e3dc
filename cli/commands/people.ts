import type { Person } from '@kith/sdk';
import { Command } from 'commander';
import { confirm } from '../lib/confirm';
import { examples } from '../lib/options';
import { clientOf, id, type ServerOptions, show, table, withServer } from '../server/command';
import { upTo } from '../server/upTo';

interface ListOptions extends ServerOptions {
  search?: string;
  limit: number;
  consentEnded?: boolean;
}

/** `kith people`: lists and corrects people. */
export function peopleCommand(): Command {
  const people = new Command('people').description('list, show, rename, merge and delete people');

  withServer(people.command('list', { isDefault: true }))
    .description('list people')
    .addHelpText('after', examples('kith people list --search ada', 'kith people list --consent-ended --json'))
    .option('--search <words>', 'words of the name or the user_id')
    .option('--limit <count>', 'largest number of results', id, 1_000)
    .option('--consent-ended', 'only people whose consent has ended')
    .action(async (options: ListOptions) => {
      const found = await listed(options);
      show(options, { people: found }, () => table([HEADER, ...found.map(rowOf)]));
    });

  withServer(people.command('show'))
    .description('show a person')
    .addHelpText('after', examples('kith people show 7'))
    .argument('<person_id>', 'a person’s id, as kith people list shows it', id)
    .action(async (personId: number, options: ServerOptions) => {
      const person = await clientOf(options).people.get(personId);
      show(options, person, () => table(Object.entries(person)));
    });

  withServer(people.command('rename'))
    .description('give a person another name')
    .addHelpText('after', examples('kith people rename 7 "Ada King"'))
    .argument('<person_id>', 'a person’s id, as kith people list shows it', id)
    .argument('<name>', 'the new name')
    .action(async (personId: number, name: string, options: ServerOptions) => {
      const person = await clientOf(options).people.change(personId, { name });
      show(options, person, () => [`Renamed ${personId} to ${person.name}.`]);
    });

  withServer(people.command('merge'))
    .description('merge two people: all samples of the first move to the second')
    .addHelpText('after', examples('kith people merge 8 7'))
    .argument('<from>', 'the id of the person to remove', id)
    .argument('<into>', 'the id of the person to keep', id)
    .action(async (from: number, into: number, options: ServerOptions) => {
      const person = await clientOf(options).people.merge({ from, into });
      show(options, person, () => [
        `Merged ${from} into ${into}, which now has ${person.samples} ${person.samples === 1 ? 'sample' : 'samples'}.`,
      ]);
    });

  withServer(people.command('delete'))
    .description('erase a person with all samples, pictures and recognitions, also on every phone')
    .addHelpText('after', examples('kith people delete 7', 'kith people delete 7 --yes'))
    .argument('<person_id>', 'a person’s id, as kith people list shows it', id)
    .option('--yes', 'do not ask')
    .action(async (personId: number, options: ServerOptions & { yes?: boolean }) => {
      const client = clientOf(options);
      const { name, samples } = await client.people.get(personId);
      await confirm(`Erase ${name ?? `person ${personId}`} with ${samples} samples?`, options.yes);
      const gone = await client.people.delete(personId);
      show(options, gone, () => [
        `Erased the person and ${gone.deleted_faces} ${gone.deleted_faces === 1 ? 'sample' : 'samples'}.`,
      ]);
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

const listed = ({ search, limit, consentEnded, ...options }: ListOptions): Promise<Person[]> =>
  upTo(limit, async (page) => {
    const asked = { order: 'name' as const, q: search, ...page, ...(consentEnded && { limit: 200 }) };
    const { people, next_cursor } = await clientOf(options).people.list(asked);
    return { items: consentEnded ? people.filter(isConsentOver) : people, next_cursor };
  });

const isConsentOver = ({ consent_until: until }: Person) => until !== null && new Date(until) <= new Date();
