/** The highest limit that a server may set for the size of a picture: 1 GiB. */
export const MOST_IMAGE_BYTES = 1024 * 1024 * 1024;
