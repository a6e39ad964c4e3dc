import { type FileKind, fileKind } from './fileKind';

/** A file that is not used, and the reason. */
export interface LeftOut {
  path: string;
  reason: LeftOutReason;
}

export type LeftOutReason = Exclude<FileKind, 'picture'> | 'empty' | 'tooLarge';

/** Descriptions of left-out files, in singular and plural, and advice. The advice is empty if nothing can be done. */
export const LEFT_OUT: Record<LeftOutReason, { one: string; many: string; advice: string }> = {
  heic: {
    one: 'HEIC picture',
    many: 'HEIC pictures',
    advice:
      'HEIC cannot be read. Save or export them as JPEG; on an iPhone: Settings, Camera, Formats, Most Compatible.',
  },
  otherPicture: {
    one: 'picture of another format',
    many: 'pictures of other formats',
    advice: 'Save them as JPEG or PNG.',
  },
  video: { one: 'video', many: 'videos', advice: 'A person is added from pictures.' },
  list: { one: 'list', many: 'lists', advice: 'Import a list by itself.' },
  archive: { one: 'ZIP file', many: 'ZIP files', advice: 'Unpack it, or import it by itself.' },
  empty: { one: 'empty file', many: 'empty files', advice: 'Copy them again.' },
  tooLarge: {
    one: 'picture that is too large for the server',
    many: 'pictures that are too large for the server',
    advice: 'Save them smaller.',
  },
  other: { one: 'file that is not a picture', many: 'files that are not pictures', advice: '' },
  system: { one: 'system file', many: 'system files', advice: '' },
};

/** Returns why a file cannot be used as a picture; null if it can. An empty picture has a size of 0 bytes. */
export function reasonToLeaveOut({
  path,
  size,
  isTooLarge = false,
}: {
  path: string;
  size?: number | undefined;
  isTooLarge?: boolean | undefined;
}): LeftOutReason | null {
  const kind = fileKind(path);
  if (kind !== 'picture') return kind;
  if (isTooLarge) return 'tooLarge';
  return size === 0 ? 'empty' : null;
}

/** Returns left-out files by reason. Reasons that the user may not expect come first. */
export function groupLeftOut(files: readonly LeftOut[]): { reason: LeftOutReason; paths: string[] }[] {
  return (Object.keys(LEFT_OUT) as LeftOutReason[]).flatMap((reason) => {
    const paths = files.filter((file) => file.reason === reason).map(({ path }) => path);
    return paths.length > 0 ? [{ reason, paths }] : [];
  });
}

/** Maximum number of names in one line. */
const MOST_NAMES = 10;

/** Returns one line for each reason, such as `Left out: 2 HEIC pictures (a.HEIC, b.HEIC). HEIC cannot be read. …`. */
export function leftOutLines(files: readonly LeftOut[]): string[] {
  return groupLeftOut(files).map(({ reason, paths }) => {
    const { one, many, advice } = LEFT_OUT[reason];
    const names = paths.slice(0, MOST_NAMES).join(', ') + (paths.length > MOST_NAMES ? ', …' : '');
    return `Left out: ${paths.length} ${paths.length === 1 ? one : many} (${names}).${advice && ` ${advice}`}`;
  });
}
