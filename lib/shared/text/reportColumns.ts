/** The columns of an import's report. */
export const REPORT_COLUMNS = [
  ...['row', 'image_url', 'unique_args', 'groups', 'status'],
  ...['face_id', 'error_type', 'error_message', 'disagrees'],
];

/** Columns that reports of older versions do not have. */
const ADDED = new Set(['groups', 'disagrees']);

/** Whether a list with these columns, and others, is a report, which can be imported again as it is. */
export const isReport = (columns: readonly string[]): boolean =>
  REPORT_COLUMNS.every((name) => ADDED.has(name) || columns.includes(name));
