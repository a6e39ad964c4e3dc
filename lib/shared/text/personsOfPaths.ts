import { foldName } from './foldName';
import { isFolderOfPictures, isGeneralFolder, namesNobody, personOfFileName } from './personOfFileName';

/**
 * Where names come from.
 * - `auto`: the rule of {@link personsOfPaths}
 * - `folders`, `inner-folders`: the first and the second folder, whatever it is called
 * - `files`: each file's own name
 */
export type NamesFrom = 'auto' | 'folders' | 'inner-folders' | 'files';

export const NAMES_FROM: readonly NamesFrom[] = ['auto', 'folders', 'inner-folders', 'files'];

export interface PathsOptions {
  /**
   * Whether paths are those of a ZIP, or of several folders that were chosen together: what is around the folders of
   * people is then no person. Otherwise paths begin below the one folder that was chosen.
   */
  wrapped?: boolean;
  namesFrom?: NamesFrom;
}

/**
 * The person of each picture by its path, with `/` between folders: the folder below the one that was chosen, or below a
 * ZIP's top when it has folders of people. Without such a folder each file has its own name. Years, numbers, `IMG`,
 * `photos` and `cropped` are nobody's name. The console, `enroll` and `--known` all ask here.
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
  // `2023/1.jpg` and `2024/1.jpg` are not known to be one person.
  return namesNobody(file) ? textOf([...folders, own].join(' ')) : own;
}

const textOf = (folder: string): string => foldName(folder.replaceAll('_', ' '));

/** Folders around those of people: none of them is a person. */
function depthOfWrapping(paths: readonly SplitPath[]): number {
  for (let depth = 0; ; depth++) {
    const tops = new Set(paths.map(({ folders }) => folders[depth]));
    const [top] = tops;
    if (top === undefined || tops.has(undefined)) return depth;
    const hasInner = ({ folders }: SplitPath) => folders.slice(depth + 1).some((name) => !isFolderOfPictures(name));
    if (tops.size > 1) return paths.every(hasInner) ? depth + 1 : depth;
    // `Ada Lovelace/1.jpg` alone is of Ada, `staff/Ada Lovelace.jpg` is too.
    const names = (path: SplitPath) => hasInner(path) || !namesNobody(path.file);
    if (!isGeneralFolder(top) && !paths.some(names)) return depth;
  }
}
