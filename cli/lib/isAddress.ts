/** Returns whether an argument is an address such as `rtsp://…` or `https://…`, not a path. */
export const isAddress = (text: string): boolean => /^[a-z][a-z\d+.-]*:\/\//i.test(text) && !/^file:/i.test(text);
