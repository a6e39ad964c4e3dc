import { encodingToBase64 } from '@kith/sdk';
import type { EncodedFace } from '@/lib/shared/vision/types';
import type { DetectOptions } from '../options/DetectOptions';
import { CliError } from './CliError';
import { inOrder } from './inOrder';
import { insteadOf, listFiles, tellLeftOut } from './listFiles';
import { withRecogniser } from './loadRecogniser';
import { lookAtFile } from './lookAtPicture';
import { print, printJson, tell } from './output';
import { startProgress } from './progress';
import { explain } from './run';
import { shownSource } from './shownSource';

/**
 * Prints the faces of pictures, one line for each picture.
 * @returns whether every picture could be read
 */
export async function detectPaths(paths: string[], { json, encodings, cpus }: DetectOptions): Promise<boolean> {
  const { files, leftOut } = await listFiles(paths, ['picture']);
  if (files.length === 0) throw new CliError(`${paths.join(', ')}: no pictures found.${insteadOf(leftOut)}`);
  const missing = tellLeftOut(leftOut);
  return withRecogniser({ cpus }, async (recogniser) => {
    let failed = 0;
    const progress = startProgress({ total: files.length, unit: 'pictures' });
    const look = ({ path }: { path: string }) => lookAtFile(recogniser, path);
    for await (const { item, result } of inOrder(files, look, 2 * recogniser.stats().threads)) {
      const file = shownSource(item.path);
      try {
        const faces = await result;
        if (json) printJson({ file, faces: faces.map((face) => asJson(face, encodings)) });
        else print(`${file}: ${faces.map(asText).join(', ') || 'no face'}`);
      } catch (error) {
        failed += 1;
        const { message } = explain(error);
        if (json) printJson({ file, error: message });
        else tell(`kith: ${file}: ${message}`);
      }
      progress.advance();
    }
    progress.stop();
    return failed === 0 && !missing;
  });
}

function asJson({ position, quality, encoding }: EncodedFace, encodings = false) {
  return { position, quality, ...(encodings && { face_encoding: encodingToBase64(encoding) }) };
}

function asText({ position: { left, top, right, bottom }, quality }: EncodedFace): string {
  return `${right - left}×${bottom - top} at ${left},${top} (quality ${quality.score.toFixed(2)})`;
}
