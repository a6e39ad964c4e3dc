import { type LeftOut, reasonToLeaveOut } from './leftOut';
import { type PathsOptions, personsOfPaths } from './personsOfPaths';

/** A file by its path below the chosen folder, with `/` between folders. */
export interface ChosenFile {
  path: string;
  /** Size in bytes, if known. Empty files are left out. */
  size?: number | undefined;
  /** Whether it is larger than any server accepts, so that it is left out. */
  isTooLarge?: boolean | undefined;
}

export interface PicturePlan<File extends ChosenFile> {
  pictures: { file: File; person: string }[];
  /** Files that cannot be used as pictures, and why. */
  leftOut: LeftOut[];
}

/** Returns which files of a folder or ZIP are enrolled as whom, and which are left out. Reads and writes nothing. */
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
