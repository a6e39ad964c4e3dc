/** Returns a group's name as it is stored: NFC, with single spaces. */
export const groupName = (text: string): string => text.normalize('NFC').trim().replace(/\s+/g, ' ');

/** Returns the key that all spellings of a group's name share: `"Third  Floor"` and `"third floor"` are one group. */
export const groupKey = (name: string): string => groupName(name).toLowerCase();
