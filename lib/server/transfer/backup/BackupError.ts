/** A file is not a backup, or cannot be used. Nothing was changed. The message says what is wrong. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}
