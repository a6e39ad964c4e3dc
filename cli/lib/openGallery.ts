import { type FeedStore, LocalGallery } from '@kith/sdk';
import { FileFeedStore } from '@kith/sdk/node';
import type { Recogniser } from '@/lib/server/vision/recogniser';
import { MODEL_ID } from '@/lib/shared/vision/types';
import { CliError } from './CliError';
import { readKnown } from './known/readKnown';
import type { GalleryOptions } from './options';

/**
 * Opens the people to recognise: a gallery of `kith sync`, or a folder of known people. Both are searched by the
 * matcher that the phone uses.
 * @throws CliError if neither is given, or if it is empty or of another model
 */
export async function openGallery(
  recogniser: Recogniser,
  { gallery, known }: Pick<GalleryOptions, 'gallery' | 'known'>,
): Promise<LocalGallery> {
  if (known !== undefined) return openLocal(await readKnown(recogniser, known));
  if (gallery === undefined) {
    throw new CliError('Give the people to recognise: --gallery FILE (made by kith sync) or --known FOLDER.');
  }
  const store = await FileFeedStore.open(gallery);
  const { model } = (await store.state()).live;
  if (model === null) throw new CliError(`${gallery}: gallery not found. Create it: kith sync --gallery ${gallery}`);
  if (model !== MODEL_ID) {
    throw new CliError(
      `${gallery} has encodings of the model ${model}, and this command uses ${MODEL_ID}. Update the server and sync again.`,
    );
  }
  return openLocal(store);
}

function openLocal(store: FeedStore): Promise<LocalGallery> {
  return LocalGallery.open({
    store,
    source: () => Promise.reject(new Error('recognition does not sync')),
  });
}
