/** Spellings of the column with names of groups, as `guessMapping` compares them. */
export const GROUP_COLUMN = ['group', 'groups'];

/** Returns the names of the groups in a cell of a list: `Staff; Night shift`, or a JSON list as JSON lines have it. */
export const groupsOfCell = (cell: string): string[] =>
  (namesOfJson(cell) ?? cell.split(/[;|]/)).map((name) => name.trim()).filter((name) => name !== '');

/** Returns a cell from which `groupsOfCell` reads these names. */
export const cellOfGroups = (names: readonly string[]): string =>
  names.some((name) => /[;|]|^\[/.test(name)) ? JSON.stringify(names) : names.join('; ');

function namesOfJson(cell: string): string[] | null {
  if (!cell.trimStart().startsWith('[')) return null;
  try {
    const names: unknown = JSON.parse(cell);
    return Array.isArray(names) && names.every((name) => typeof name === 'string') ? names : null;
  } catch {
    return null;
  }
}
