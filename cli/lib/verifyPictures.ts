import { normalisedDistance } from '@kith/sdk';
import { likeness, reachesTrust } from '@/lib/server/people/samples/likeness';
import type { Recogniser } from '@/lib/server/vision/recogniser';
import { KithError } from '@/lib/shared/contract/errors';
import type { VerifyOptions } from '../options/VerifyOptions';
import { CliError } from './CliError';
import { withRecogniser } from './loadRecogniser';
import { encodingOfMainFace } from './lookAtPicture';
import { readPicture } from './openInput';
import { print, printJson } from './output';
import { shownSource } from './shownSource';

/**
 * Prints whether two pictures show the same person.
 * @returns whether they do
 * @throws CliError if a picture has no face
 */
export async function verifyPictures(picture: string, other: string, options: VerifyOptions): Promise<boolean> {
  if (picture === '-' && other === '-') throw new CliError('Only one of the pictures can be standard input.');
  return withRecogniser({}, async (recogniser) => {
    const [one, two] = await Promise.all(
      [picture, other].map(async (path) => {
        const name = shownSource(path);
        const encoding = await encodingOf(recogniser, path).catch((error) => {
          // Errors of the file system contain the file's name; those of the decoder and the network do not.
          throw error instanceof KithError || error instanceof CliError
            ? new CliError(`${name}: ${error.message}`, { cause: error })
            : error;
        });
        if (!encoding) throw new CliError(`${name}: no face found.`);
        return encoding;
      }),
    );
    const apart = normalisedDistance(one as Float32Array, two as Float32Array);
    const alike = likeness(apart);
    const match = reachesTrust(apart, options.minTrust);
    if (options.json) printJson({ match, ...alike });
    else print(`${match ? 'the same person' : 'two people'} (trust ${alike.trust}, distance ${alike.distance})`);
    return match;
  });
}

async function encodingOf(recogniser: Recogniser, path: string): Promise<Float32Array | null> {
  return encodingOfMainFace(recogniser, await readPicture(path));
}
