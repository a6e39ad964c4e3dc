import { sqlState } from './errors';

/** Problems of the disk that holds a folder. */
type DiskTrouble = 'full' | 'readOnly' | 'denied';

const TROUBLE_OF_CODE: Readonly<Record<string, DiskTrouble>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'readOnly',
  EACCES: 'denied',
  EPERM: 'denied',
};

/** The same problems as errno values of WASI (wasi_snapshot_preview1), which PGlite's file system throws. */
const TROUBLE_OF_NUMBER: Readonly<Record<number, DiskTrouble>> = {
  2: 'denied',
  19: 'full',
  51: 'full',
  63: 'denied',
  69: 'readOnly',
};

/** SQLSTATE disk_full. */
const DISK_FULL = '53100';

const MESSAGES: Readonly<Record<DiskTrouble, (folder: string) => string>> = {
  full: (folder) => `The disk with ${folder} is full. Make room, then try again; nothing that was saved is lost.`,
  readOnly: (folder) =>
    `${folder} is on a read-only file system. Mount it writable, or set DATA_DIR to a folder that can be written.`,
  denied: (folder) =>
    `This user may not write everything in ${folder}. Give the folder and what is in it to this user (chown -R), or set DATA_DIR to another one.`,
};

/** A folder cannot be written. The message says why and what to do. */
export class DiskError extends Error {
  override readonly name = 'DiskError';

  constructor(
    readonly trouble: DiskTrouble,
    folder: string,
    options?: ErrorOptions,
  ) {
    super(MESSAGES[trouble](folder), options);
  }

  /**
   * Returns the problem that an error of Node.js, of PGlite's file system or of a query reports; null for other errors.
   */
  static of(error: unknown, folder: string): DiskError | null {
    for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 8; depth++) {
      if (at instanceof DiskError) return at;
      const trouble = troubleOf(at);
      if (trouble) return new DiskError(trouble, folder, { cause: error });
      at = 'cause' in at ? at.cause : null;
    }
    return sqlState(error) === DISK_FULL ? new DiskError('full', folder, { cause: error }) : null;
  }

  /** Returns the problem that a line of PostgreSQL's log reports; null for other lines. */
  static ofText(line: string, folder: string): DiskError | null {
    if (/No space left on device|quota exceeded/i.test(line)) return new DiskError('full', folder);
    if (/Read-only file system/.test(line)) return new DiskError('readOnly', folder);
    return /Permission denied|Operation not permitted/.test(line) ? new DiskError('denied', folder) : null;
  }
}

function troubleOf(error: object): DiskTrouble | undefined {
  // An error of a port or a server has no path.
  const onDisk = 'path' in error || ('address' in error && String(error.address).startsWith('/'));
  if (onDisk && 'code' in error) return TROUBLE_OF_CODE[String(error.code)];
  // Emscripten's ErrnoError has only a number.
  if (!(error instanceof Error) || error.name === 'ErrnoError') {
    return 'errno' in error && typeof error.errno === 'number' ? TROUBLE_OF_NUMBER[error.errno] : undefined;
  }
  // A write to an open file has no path.
  return 'syscall' in error && 'code' in error && error.syscall === 'write'
    ? ({ ENOSPC: 'full', EDQUOT: 'full' } as const)[String(error.code)]
    : undefined;
}
