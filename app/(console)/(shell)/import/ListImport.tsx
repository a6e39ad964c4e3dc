'use client';
import { FileUp } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { GROUP_COLUMN, groupsOfCell } from '@/lib/shared/text/groupColumn';
import { guessColumn, type ParsedList, parseList, URL_COLUMN } from '@/lib/shared/text/parseList';
import { Button } from '../../_components/ui/Button';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Field } from '../../_components/ui/Field';
import { Select, Textarea } from '../../_components/ui/Input';
import { type ListRow, sendList } from './sendImport';

const EXAMPLE = 'image_url,user_id,user_name,department\nhttps://example.com/ada.jpg,1,Ada Lovelace,Research';

interface Mapping {
  url: string;
  id: string;
  name: string;
  groups: string;
}

function rowsOf({ columns, rows }: ParsedList, mapping: Mapping): { good: ListRow[]; bad: number[] } {
  const good: ListRow[] = [];
  const bad: number[] = [];
  for (const [index, row] of rows.entries()) {
    const image_url = row[mapping.url]?.trim() ?? '';
    if (!/^(https?:\/\/|data:)/i.test(image_url)) {
      bad.push(index + 1);
      continue;
    }
    const named = { user_id: row[mapping.id]?.trim(), user_name: row[mapping.name]?.trim() };
    const rest = columns.filter((column) => !Object.values(mapping).includes(column));
    const entries = [...Object.entries(named), ...rest.map((column) => [column, row[column]?.trim()] as const)];
    good.push({
      image_url,
      groups: groupsOfCell(row[mapping.groups] ?? ''),
      unique_args: Object.fromEntries(entries.flatMap(([key, value]) => (value ? [[key, value]] : []))),
    });
  }
  return { good, bad };
}

export function ListImport() {
  const router = useRouter();
  const fileId = useId();
  const [text, setText] = useState('');
  const [name, setName] = useState('Pasted list');
  const [list, setList] = useState<ParsedList | null>(null);
  const [mapping, setMapping] = useState<Mapping>({ url: '', id: '', name: '', groups: '' });
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const checked = list && mapping.url ? rowsOf(list, mapping) : null;

  function check(content: string) {
    setError(null);
    try {
      const parsed = parseList(content);
      setList(parsed);
      setMapping({
        url: guessColumn(parsed.columns, URL_COLUMN),
        id: guessColumn(parsed.columns, ['userid', 'id', 'personid', 'externalid']),
        name: guessColumn(parsed.columns, ['username', 'name', 'fullname', 'person']),
        groups: guessColumn(parsed.columns, GROUP_COLUMN),
      });
    } catch (failure) {
      setList(null);
      setError(failure);
    }
  }

  async function takeFile(file: File | undefined) {
    if (!file) return;
    const content = await file.text();
    setName(file.name);
    setText(content);
    check(content);
  }

  async function start() {
    if (!checked) return;
    setPending(true);
    setError(null);
    try {
      router.push(`/import/${await sendList(name, checked.good, () => {})}`);
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  }

  return (
    <>
      <Field
        label="CSV or JSON lines"
        hint="One photo per row. image_url is required. user_id and user_name identify the person. groups names groups, separated by semicolons. Other columns become attributes."
      >
        <Textarea
          rows={7}
          spellCheck={false}
          className="font-mono text-[13px] sm:text-[13px]"
          placeholder={EXAMPLE}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setList(null);
          }}
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            void takeFile(event.dataTransfer.files[0]);
          }}
        />
      </Field>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button variant={list ? 'secondary' : 'primary'} disabled={!text.trim()} onClick={() => check(text)}>
          Check
        </Button>
        <Button asChild>
          <label htmlFor={fileId} className="has-focus-visible:outline-2">
            <FileUp aria-hidden />
            Choose a file
            <input
              id={fileId}
              type="file"
              accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson"
              className="sr-only"
              onChange={(event) => void takeFile(event.target.files?.[0])}
            />
          </label>
        </Button>
      </div>
      {error ? <ErrorNotice error={error} className="mt-4" /> : null}
      {list ? (
        <section aria-label="Check before start" className="mt-5 border-t pt-5">
          <div className="grid gap-4 sm:grid-cols-2">
            {(
              [
                ['url', 'Image URL column'],
                ['id', 'User ID column'],
                ['name', 'Name column'],
                ['groups', 'Groups column'],
              ] as const
            ).map(([field, label]) => (
              <Field key={field} label={label}>
                <ColumnSelect
                  columns={list.columns}
                  value={mapping[field]}
                  onChange={(value) => setMapping({ ...mapping, [field]: value })}
                />
              </Field>
            ))}
          </div>
          <p className="mt-4 text-sm" role="status">
            {checked
              ? `${checked.good.length} of ${list.rows.length} rows can be imported.${checked.bad.length > 0 ? ` Skipped, because they have no valid photo URL: rows ${checked.bad.slice(0, 8).join(', ')}${checked.bad.length > 8 ? ' …' : ''}.` : ''}`
              : 'Choose the column with the photo URLs.'}
          </p>
          <Button
            variant="primary"
            className="mt-4"
            pending={pending}
            disabled={!checked || checked.good.length === 0}
            onClick={() => void start()}
          >
            Start import
          </Button>
        </section>
      ) : null}
    </>
  );
}

interface ColumnSelectProps {
  id?: string;
  columns: string[];
  value: string;
  onChange: (column: string) => void;
}

function ColumnSelect({ id, columns, value, onChange }: ColumnSelectProps) {
  return (
    <Select id={id} className="w-full" value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">none</option>
      {columns.map((column) => (
        <option key={column} value={column}>
          {column}
        </option>
      ))}
    </Select>
  );
}
