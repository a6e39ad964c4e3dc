/** The columns of an import's report. */
export const REPORT_COLUMNS = ['row', 'image_url', 'unique_args', 'status', 'face_id', 'error_type', 'error_message'];

/** Whether a list with these columns, and others, is a report, which can be imported again as it is. */
export const isReport = (columns: readonly string[]): boolean => REPORT_COLUMNS.every((name) => columns.includes(name));
