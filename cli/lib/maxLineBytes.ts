/** Longest line of a file that is read: two pictures of a gigabyte are more than any server keeps. */
export const MAX_LINE_BYTES = 512 * 1024 * 1024;
