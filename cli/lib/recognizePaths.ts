import type { RecognizeOptions } from '../options/RecognizeOptions';
import { CliError } from './CliError';
import { inOrder } from './inOrder';
import { type FoundFile, insteadOf, listFiles, tellLeftOut } from './listFiles';
import { withRecogniser } from './loadRecogniser';
import { look, lookAtBytes, lookAtFile } from './lookAtPicture';
import { openGallery } from './openGallery';
import { openInput } from './openInput';
import { print, tell } from './output';
import { startProgress } from './progress';
import { type RecognisedFace, recogniseFaces } from './recogniseFaces';
import { CSV_HEADER, type Result, resultLines } from './resultLines';
import { explain } from './run';
import { shownSource } from './shownSource';
import { type FfmpegInput, readFrames } from './video/readFrames';
import { addressInput } from './video/source';

/**
 * Prints the people in pictures and videos, in order of file names. Several pictures are processed at once.
 * @returns whether every file could be read
 */
export async function recognizePaths(paths: string[], options: RecognizeOptions): Promise<boolean> {
  const { files, leftOut } = await listFiles(paths);
  if (files.length === 0) throw new CliError(`${paths.join(', ')}: no pictures or videos found.${insteadOf(leftOut)}`);
  const missing = tellLeftOut(leftOut);
  return withRecogniser(options, async (recogniser) => {
    const gallery = await openGallery(recogniser, options);
    const format = options.csv ? 'csv' : options.json ? 'json' : 'text';
    const show = (result: Result) => {
      for (const line of resultLines(result, format)) print(line);
    };
    const name = (faces: Parameters<typeof recogniseFaces>[0]) =>
      recogniseFaces(faces, { gallery, minTrust: options.minTrust });
    if (format === 'csv') print(CSV_HEADER);

    let failed = 0;
    const fail = (path: string, error: unknown) => {
      failed += 1;
      const { message } = explain(error);
      if (format === 'json') print(JSON.stringify({ file: path, error: message }));
      else tell(`kith: ${path}: ${message}`);
    };
    const progress = startProgress({ total: files.length, unit: 'files' });
    const { threads } = recogniser.stats();
    /** Returns the faces of a picture. A video is only opened, and read when it is its turn. */
    const open = async (file: FoundFile): Promise<RecognisedFace[] | FfmpegInput> => {
      if (file.kind === 'video') return addressInput(file.path);
      if (file.kind === 'picture') return name(await lookAtFile(recogniser, file.path));
      const opened = await openInput(file.path);
      return opened.kind === 'video' ? opened.input : name(await lookAtBytes(recogniser, opened.bytes));
    };
    for await (const { item, result } of inOrder(files, open, 2 * threads)) {
      const file = shownSource(item.path);
      try {
        const opened = await result;
        if (Array.isArray(opened)) show({ file, faces: opened });
        else {
          for await (const { bitmap, at } of readFrames({ ...opened, every: options.every })) {
            show({ file, at, faces: name(await look(recogniser, bitmap)) });
          }
        }
      } catch (error) {
        fail(file, error);
      }
      progress.advance();
    }
    progress.stop();
    return failed === 0 && !missing;
  });
}
