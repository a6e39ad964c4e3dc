/** The first characters of a formula in a spreadsheet (OWASP, "CSV Injection"). An apostrophe makes the cell text. */
export const FORMULA = /^[=+\-@\t\r]/;

/** Returns the text without the apostrophe that was added when CSV was written. */
export const withoutApostrophe = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
