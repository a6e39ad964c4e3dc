/** The greatest limit that a server may have for the bytes of a picture: 1 GiB. */
export const MOST_IMAGE_BYTES = 1024 * 1024 * 1024;
