import type { ListedFace } from '@kith/sdk';
import { Command } from 'commander';
import { confirm } from '../lib/confirm';
import { examples } from '../lib/options';
import { clientOf, id, type ServerOptions, show, table, withServer } from '../server/command';
import { upTo } from '../server/upTo';

interface ListOptions extends ServerOptions {
  person?: number;
  search?: string;
  limit: number;
}

/** `kith faces`: lists and deletes samples. */
export function facesCommand(): Command {
  const faces = new Command('faces').description('list, show and delete face samples');

  withServer(faces.command('list', { isDefault: true }))
    .description('list samples, newest first')
    .addHelpText('after', examples('kith faces list --person 7'))
    .option('--person <person_id>', 'only samples of this person', id)
    .option('--search <words>', 'words of the attributes, the name or the user_id')
    .option('--limit <count>', 'largest number of results', id, 1_000)
    .action(async (options: ListOptions) => {
      const found = await listed(options);
      show(options, { faces: found }, () => table([HEADER, ...found.map(rowOf)]));
    });

  withServer(faces.command('show'))
    .description('show a sample, with its encoding')
    .addHelpText('after', examples('kith faces show 17 --json'))
    .argument('<face_id>', 'a sample’s id, as kith faces list shows it', id)
    .action(async (faceId: number, options: ServerOptions) => {
      const face = await clientOf(options).faces.get(faceId);
      show(options, face, () =>
        table(
          Object.entries(face).map(([name, value]) => [
            name,
            typeof value === 'object' ? JSON.stringify(value) : value,
          ]),
        ),
      );
    });

  withServer(faces.command('delete'))
    .description('delete samples, also on every phone')
    .addHelpText('after', examples('kith faces delete 17 18 --yes'))
    .argument(
      '<face_id...>',
      'a sample’s id, as kith faces list shows it',
      (text: string, before: number[] | undefined) => [...(before ?? []), id(text)],
    )
    .option('--yes', 'do not ask')
    .action(async (faceIds: number[], options: ServerOptions & { yes?: boolean }) => {
      await confirm(`Delete ${faceIds.length} samples?`, options.yes);
      const client = clientOf(options);
      for (const faceId of faceIds) await client.faces.delete(faceId);
      show(options, { deleted: faceIds }, () => [`Deleted ${faceIds.join(', ')}.`]);
    });
  return faces;
}

const HEADER = ['id', 'person', 'name', 'quality', 'created'];
const rowOf = (face: ListedFace) => [
  face.face_id,
  face.person?.person_id,
  face.person?.name,
  face.quality.score.toFixed(2),
  face.created_at.slice(0, 19),
];

const listed = ({ person, search, limit, ...options }: ListOptions): Promise<ListedFace[]> =>
  upTo(limit, async (page) => {
    const { faces, next_cursor } = await clientOf(options).faces.list({ person_id: person, q: search, ...page });
    return { items: faces, next_cursor };
  });
