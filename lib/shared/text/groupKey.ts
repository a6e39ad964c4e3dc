/** Returns a group's name as it is kept: NFC, with single spaces. */
export const groupName = (text: string): string => text.normalize('NFC').trim().replace(/\s+/g, ' ');

/** Returns what two spellings of one group's name have in common: `"Third  Floor"` and `"third floor"` are one group. */
export const groupKey = (name: string): string => groupName(name).toLowerCase();
