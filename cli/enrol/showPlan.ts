import type { JsonOption } from '../lib/options';
import { shownSource } from '../lib/shownSource';
import { show, table } from '../server/command';
import type { EnrolPlan, EnrolRow } from './rows';

/** Prints who would be enrolled from which picture. */
export function showPlan(options: JsonOption, { rows, leftOut }: EnrolPlan): void {
  const people = new Set(rows.map(whoOf));
  const json = {
    rows: rows.map(({ source, attributes, groups, row }) => ({
      source: shownSource(source),
      unique_args: attributes,
      groups,
      row,
    })),
    left_out: leftOut,
  };
  show(options, json, () => [
    ...table(rows.map((row) => [shownSource(row.source), '→', whoOf(row), row.groups?.join(', ') ?? ''])),
    `${rows.length} ${rows.length === 1 ? 'picture' : 'pictures'} of ${people.size} ${people.size === 1 ? 'person' : 'people'}. Nothing was sent (--dry-run).`,
  ]);
}

function whoOf({ attributes: { user_name: name, user_id: id } }: EnrolRow): string {
  if (name === undefined) return id === undefined ? 'nobody in particular' : `id ${id}`;
  return id === undefined ? name : `${name} (id ${id})`;
}
