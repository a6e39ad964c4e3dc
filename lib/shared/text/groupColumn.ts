/** Spellings of the column with names of groups, as `guessMapping` compares them. The first one found is used. */
export const GROUP_COLUMN = ['groups', 'group'];

/** Returns the names of the groups in a cell of a list: `Staff; Night shift`, or a JSON list as in JSON lines. */
export const groupsOfCell = (cell: string): string[] =>
  (namesOfJson(cell) ?? cell.split(/[;|]/)).map((name) => name.trim()).filter((name) => name !== '');

/**
 * Returns a cell from which `groupsOfCell` reads these names. An apostrophe at its start would be taken for the one
 * before a formula.
 */
export const cellOfGroups = (names: readonly string[]): string =>
  names.some((name) => /[;|]|^['[]/.test(name)) ? JSON.stringify(names) : names.join('; ');

function namesOfJson(cell: string): string[] | null {
  if (!cell.trimStart().startsWith('[')) return null;
  try {
    const names: unknown = JSON.parse(cell);
    return Array.isArray(names) && names.every((name) => typeof name === 'string') ? names : null;
  } catch {
    return null;
  }
}
