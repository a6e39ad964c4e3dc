import { foldName } from './foldName';
import { isFolderOfPictures, isGeneralFolder, namesNobody, personOfFileName } from './personOfFileName';

/**
 * Source of names.
 * - `auto`: the rule of {@link personsOfPaths}
 * - `folders`, `inner-folders`: the first or the second folder, whatever it is called
 * - `files`: each file's own name
 */
export type NamesFrom = 'auto' | 'folders' | 'inner-folders' | 'files';

export const NAMES_FROM: readonly NamesFrom[] = ['auto', 'folders', 'inner-folders', 'files'];

export interface PathsOptions {
  /**
   * Whether paths are those of a ZIP, or of several folders that were chosen together. The folders around those of
   * people are then not people. Otherwise paths start below the one chosen folder.
   */
  wrapped?: boolean;
  namesFrom?: NamesFrom;
}

/**
 * Returns the person of each picture by its path, with `/` between folders. The name is that of the folder below the
 * chosen one, or below the top of a ZIP that contains folders of people. Without such a folder, it is the file's own
 * name. Years, numbers, `IMG`, `photos` and `cropped` are not names of people. The console, `enroll` and `--known` all
 * use this rule.
 */
export function personsOfPaths(
  paths: readonly string[],
  { wrapped = false, namesFrom = 'auto' }: PathsOptions = {},
): string[] {
  const split = paths.map(splitPath);
  const around = wrapped ? depthOfWrapping(split) : 0;
  return split.map(({ folders, file }) => personOf(folders.slice(around), file, namesFrom));
}

interface SplitPath {
  folders: string[];
  file: string;
}

function splitPath(path: string): SplitPath {
  const folders = path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  const file = folders.pop() ?? '';
  return { folders, file };
}

function personOf(folders: readonly string[], file: string, namesFrom: NamesFrom): string {
  const own = personOfFileName(file);
  const nameOf = (folder: string | undefined) => (folder === undefined ? own : textOf(folder) || own);
  if (namesFrom === 'files') return own;
  if (namesFrom === 'folders') return nameOf(folders[0]);
  if (namesFrom === 'inner-folders') return nameOf(folders[1] ?? folders[0]);
  const folder = folders.find((name, depth) => (depth === 0 ? !isGeneralFolder(name) : !isFolderOfPictures(name)));
  if (folder !== undefined) return nameOf(folder);
  // `2023/1.jpg` and `2024/1.jpg` may show different people.
  return namesNobody(file) ? textOf([...folders, own].join(' ')) : own;
}

const textOf = (folder: string): string => foldName(folder.replaceAll('_', ' '));

/** Returns the number of folder levels around the folders of people. */
function depthOfWrapping(paths: readonly SplitPath[]): number {
  for (let depth = 0; ; depth++) {
    const tops = new Set(paths.map(({ folders }) => folders[depth]));
    const [top] = tops;
    if (top === undefined || tops.has(undefined)) return depth;
    const hasInner = ({ folders }: SplitPath) => folders.slice(depth + 1).some((name) => !isFolderOfPictures(name));
    if (tops.size > 1) return paths.every(hasInner) ? depth + 1 : depth;
    // `Ada Lovelace/1.jpg` alone shows Ada, and so does `staff/Ada Lovelace.jpg`.
    const names = (path: SplitPath) => hasInner(path) || !namesNobody(path.file);
    if (!isGeneralFolder(top) && !paths.some(names)) return depth;
  }
}
