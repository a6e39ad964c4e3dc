'use client';
import { Plus, X } from 'lucide-react';
import { Button } from '../ui/Button';
import { Input } from '../ui/Input';

export interface Attribute {
  /** Stable id of the row while its key changes. */
  id: string;
  key: string;
  value: string;
}

export function newAttribute(key = '', value = ''): Attribute {
  return { id: crypto.randomUUID(), key, value };
}

/** Attributes as text in rows; a value that is not text keeps its JSON spelling. */
export function attributesOf(args: Record<string, unknown>, without: readonly string[] = []): Attribute[] {
  return Object.entries(args)
    .filter(([key]) => !without.includes(key))
    .map(([key, value]) => newAttribute(key, typeof value === 'string' ? value : JSON.stringify(value)));
}

/** The inverse: omits rows without a key. Values that were not text in `before` are parsed as JSON. */
export function argsOf(rows: Attribute[], before: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(
    rows
      .filter((row) => row.key.trim() !== '')
      .map((row) => {
        const key = row.key.trim();
        const was = before[key];
        return [
          key,
          was !== undefined && typeof was !== 'string' && JSON.stringify(was) === row.value ? was : row.value,
        ];
      }),
  );
}

export function AttributeRows({ rows, onChange }: { rows: Attribute[]; onChange: (rows: Attribute[]) => void }) {
  const change = (id: string, part: Partial<Attribute>) =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 text-[13px] font-medium">Attributes</legend>
      {rows.map((row, index) => (
        <div key={row.id} className="flex gap-2">
          <Input
            aria-label={`Name of attribute ${index + 1}`}
            placeholder="department"
            value={row.key}
            onChange={(event) => change(row.id, { key: event.target.value })}
          />
          <Input
            aria-label={`Value of attribute ${index + 1}`}
            placeholder="Research"
            value={row.value}
            onChange={(event) => change(row.id, { value: event.target.value })}
          />
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Remove attribute ${index + 1}`}
            onClick={() => onChange(rows.filter((other) => other.id !== row.id))}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <Button size="sm" variant="ghost" className="self-start" onClick={() => onChange([...rows, newAttribute()])}>
        <Plus aria-hidden />
        Add attribute
      </Button>
    </fieldset>
  );
}
