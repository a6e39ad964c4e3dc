/** Spellings of the column with names of groups, as `guessColumn` compares them. */
export const GROUP_COLUMN = ['group', 'groups'];

/** Returns the names of the groups in a cell of a list: `Staff; Night shift`. */
export const groupsOfCell = (cell: string): string[] =>
  cell
    .split(/[;|]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
