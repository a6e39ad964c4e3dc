import type { RecognizeOptions } from '../options/RecognizeOptions';
import { CliError } from './CliError';
import { inOrder } from './inOrder';
import { type FoundFile, insteadOf, listFiles, tellLeftOut } from './listFiles';
import { withRecogniser } from './loadRecogniser';
import { look, lookAtFile } from './lookAtPicture';
import { openGallery } from './openGallery';
import { print, tell } from './output';
import { startProgress } from './progress';
import { type RecognisedFace, recogniseFaces } from './recogniseFaces';
import { CSV_HEADER, type Result, resultLines } from './resultLines';
import { explain } from './run';
import { readFrames } from './video/readFrames';

/**
 * Prints the people in pictures and videos, in order of file names. Several pictures are processed at a time.
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
    const pictures = (file: FoundFile): Promise<RecognisedFace[]> =>
      file.kind === 'picture' ? lookAtFile(recogniser, file.path).then(name) : Promise.resolve([]);
    for await (const { item: file, result } of inOrder(files, pictures, 2 * threads)) {
      try {
        if (file.kind === 'picture') show({ file: file.path, faces: await result });
        else {
          for await (const { bitmap, at } of readFrames({ input: file.path, every: options.every })) {
            show({ file: file.path, at, faces: name(await look(recogniser, bitmap)) });
          }
        }
      } catch (error) {
        fail(file.path, error);
      }
      progress.advance();
    }
    progress.stop();
    return failed === 0 && !missing;
  });
}
