/**
 * Returns a name as it is stored and compared: Unicode NFC, every run of white space as one space, none at the ends. A
 * Mac's file names are NFD and forms give NFC, but both look the same.
 */
export function foldName(name: string): string {
  return name.normalize('NFC').split(/\s/u).filter(Boolean).join(' ');
}
