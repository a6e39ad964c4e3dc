/** The columns of an import's report. */
export const REPORT_COLUMNS = [
  ...['row', 'image_url', 'unique_args', 'groups', 'status'],
  ...['face_id', 'error_type', 'error_message', 'disagrees'],
];

/** Columns that reports of older versions lack. */
const ADDED = new Set(['groups', 'disagrees']);

/**
 * Returns whether a list with these columns, and maybe others, is a report. A report can be imported again unchanged.
 */
export const isReport = (columns: readonly string[]): boolean =>
  REPORT_COLUMNS.every((name) => ADDED.has(name) || columns.includes(name));
