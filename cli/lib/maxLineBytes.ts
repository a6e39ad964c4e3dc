/** Maximum length of a line: two pictures of a gigabyte are more than any server stores. */
export const MAX_LINE_BYTES = 512 * 1024 * 1024;
