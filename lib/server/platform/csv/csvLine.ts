import Papa from 'papaparse';
import { FORMULA } from '@/lib/shared/text/formulaCell';

/**
 * Returns one record of CSV (RFC 4180) without its line break. Text that a spreadsheet would calculate is disarmed.
 * Dates are written in RFC 3339, objects as JSON, and null and undefined as nothing.
 */
export function csvRecord(values: readonly unknown[]): string {
  return Papa.unparse([values.map(cell)], { escapeFormulae: FORMULA });
}

/** A {@link csvRecord} with the line break of RFC 4180. */
export const csvLine = (values: readonly unknown[]): string => `${csvRecord(values)}\r\n`;

function cell(value: unknown): unknown {
  const isObject = typeof value === 'object' && value !== null && !(value instanceof Date);
  return isObject ? JSON.stringify(value) : value;
}
