import { readFile, stat } from 'node:fs/promises';
import { encodingToBytes, type FeedFace, MemoryFeedStore } from '@kith/sdk';
import type { Recogniser } from '@/lib/server/vision/recogniser';
import { KithError } from '@/lib/shared/contract/errors';
import { planPictures } from '@/lib/shared/text/planPictures';
import { disagreement, type KnownSample } from '@/lib/shared/trust/disagreement';
import { MODEL_ID } from '@/lib/shared/vision/types';
import { CliError } from '../CliError';
import { insteadOf, sizedFilesOfFolder, tellLeftOut } from '../listFiles';
import { encodingOfMainFace } from '../lookAtPicture';
import { tell } from '../output';
import { startProgress } from '../progress';
import { EncodingCache } from './EncodingCache';

/**
 * Builds a gallery from pictures named by person. Face ids number the pictures by name from 1; person ids number the
 * people. A file that has no face or is not a picture is reported and skipped. Of several faces, the one that
 * `select=largest` of the API takes is used.
 * @throws CliError if no picture is left
 */
export async function readKnown(recogniser: Recogniser, folder: string): Promise<MemoryFeedStore> {
  if (!(await stat(folder)).isDirectory()) throw new CliError(`${folder} is not a folder.`);
  const { pictures, leftOut } = planPictures(
    (await sizedFilesOfFolder(folder)).map((file) => ({ ...file, path: file.relative, opens: file.path })),
  );
  if (pictures.length === 0) throw new CliError(`${folder}: no pictures found.${insteadOf(leftOut)}`);
  tellLeftOut(leftOut, folder);
  const files = pictures.map(({ file, person }) => ({ path: file.opens, name: person }));
  const cache = await EncodingCache.open(folder);
  const progress = startProgress({ total: files.length, unit: 'known pictures' });
  const encodings = await Promise.all(
    files.map(async ({ path }) => {
      try {
        return await encodingOf(recogniser, cache, path);
      } finally {
        progress.advance();
      }
    }),
  );
  progress.stop();
  await cache.save();

  const people = new Map<string, number>();
  const faces = files.flatMap(({ name }, i): FeedFace[] => {
    const encoding = encodings[i];
    if (!encoding) return [];
    const personId = people.get(name) ?? people.size + 1;
    people.set(name, personId);
    const bytes = encodingToBytes(encoding);
    const face = { faceId: i + 1, updatedAt: i + 1, encoding: bytes };
    return [{ ...face, uniqueArgs: {}, personId, personName: name, groups: [] }];
  });
  tellStrangers(files, encodings);
  if (faces.length === 0) throw new CliError(`${folder}: no picture with a face found.`);

  const store = new MemoryFeedStore();
  const position = { model: MODEL_ID, lastUpdatedAt: files.length };
  await store.write({ faces, deleted: [], target: 'live', begins: true, publishes: false, position });
  return store;
}

/** Reports which pictures of one name do not show one person. */
function tellStrangers(
  files: readonly { path: string; name: string }[],
  encodings: readonly (Float32Array | null)[],
): void {
  const before = new Map<string, KnownSample[]>();
  for (const [i, { path, name }] of files.entries()) {
    const encoding = encodings[i];
    if (!encoding) continue;
    const samples = before.get(name) ?? [];
    const differs = disagreement(encoding, samples);
    if (differs)
      tell(`kith: ${path} and ${files[differs.faceId]?.path} do not show one person, but both are “${name}”.`);
    before.set(name, [...samples, { faceId: i, encoding }]);
  }
}

async function encodingOf(recogniser: Recogniser, cache: EncodingCache, path: string): Promise<Float32Array | null> {
  try {
    const bytes = await readFile(path);
    const encoding = await cache.get(bytes, () => encodingOfMainFace(recogniser, bytes));
    if (!encoding) tell(`kith: ${path}: no face in it, left out`);
    return encoding;
  } catch (error) {
    if (!(error instanceof KithError)) throw error;
    tell(`kith: ${path}: ${error.message} Left out.`);
    return null;
  }
}
