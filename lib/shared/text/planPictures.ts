import { type LeftOut, reasonToLeaveOut } from './leftOut';
import { type PathsOptions, personsOfPaths } from './personsOfPaths';

/** A file by its path below what was chosen, with `/` between folders. */
export interface ChosenFile {
  path: string;
  /** Bytes, where they are known: an empty file is left out. */
  size?: number | undefined;
  /** Whether it has more bytes than a server takes: it is left out. */
  isTooLarge?: boolean | undefined;
}

export interface PicturePlan<File extends ChosenFile> {
  pictures: { file: File; person: string }[];
  /** What is no picture to use, and why. */
  leftOut: LeftOut[];
}

/** Which files of one folder or ZIP are enrolled as whom, and which are left out. Nothing is read or written. */
export function planPictures<File extends ChosenFile>(
  files: readonly File[],
  options: PathsOptions = {},
): PicturePlan<File> {
  const leftOut: LeftOut[] = [];
  const used: File[] = [];
  for (const file of files) {
    const reason = reasonToLeaveOut(file);
    if (reason === null) used.push(file);
    else leftOut.push({ path: file.path, reason });
  }
  const persons = personsOfPaths(
    used.map(({ path }) => path),
    options,
  );
  return { pictures: used.map((file, i) => ({ file, person: persons[i] as string })), leftOut };
}
