'use client';
import { FileUp } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { decodeText, TEXT_ENCODINGS, type TextEncoding } from '@/lib/shared/text/decodeText';
import { guessMapping, type ListMapping, mapList } from '@/lib/shared/text/listMapping';
import { type ParsedList, parseList } from '@/lib/shared/text/parseList';
import { Button } from '../../_components/ui/Button';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Field } from '../../_components/ui/Field';
import { Select, Textarea } from '../../_components/ui/Input';
import { Progress } from '../../_components/ui/Progress';
import { ListPreview } from './ListPreview';
import { sendList } from './sendImport';

const EXAMPLE = 'image_url,user_id,user_name,department\nhttps://example.com/ada.jpg,1,Ada Lovelace,Research';

const NOTHING: ListMapping = { url: '', id: '', name: '', surname: '', groups: '' };

const FIELDS: [keyof ListMapping, string][] = [
  ['url', 'Image URL column'],
  ['id', 'User ID column'],
  ['name', 'Name column'],
  ['surname', 'Surname column'],
  ['groups', 'Groups column'],
];

/** A chosen file: its bytes can be read once more with another encoding. */
interface ReadFile {
  bytes: Uint8Array;
  encoding: TextEncoding;
  guessed: boolean;
}

export function ListImport() {
  const router = useRouter();
  const fileId = useId();
  const [text, setText] = useState('');
  const [name, setName] = useState('Pasted list');
  const [file, setFile] = useState<ReadFile | null>(null);
  const [list, setList] = useState<ParsedList | null>(null);
  const [mapping, setMapping] = useState<ListMapping>(NOTHING);
  const [error, setError] = useState<unknown>(null);
  const [sent, setSent] = useState<number | null>(null);
  const mapped = list && mapping.url ? mapList(list, mapping) : null;

  function check(content: string) {
    setError(null);
    try {
      const parsed = parseList(content);
      setList(parsed);
      setMapping(guessMapping(parsed.columns));
    } catch (failure) {
      setList(null);
      setError(failure);
    }
  }

  function read(bytes: Uint8Array, chosen?: TextEncoding) {
    const { text: content, encoding, guessed } = decodeText(bytes, chosen);
    setFile({ bytes, encoding, guessed });
    setText(content);
    check(content);
  }

  async function takeFile(chosen: File | undefined) {
    if (!chosen) return;
    setName(chosen.name);
    read(new Uint8Array(await chosen.arrayBuffer()));
  }

  async function start() {
    if (!mapped) return;
    setSent(0);
    setError(null);
    try {
      router.push(`/import/${await sendList(name, mapped.rows, setSent)}`);
    } catch (failure) {
      setError(failure);
      setSent(null);
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
            setFile(null);
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
              onChange={(event) => {
                void takeFile(event.target.files?.[0]);
                // Allows choosing the same file again.
                event.target.value = '';
              }}
            />
          </label>
        </Button>
      </div>
      {file ? (
        <Field
          label="Encoding of the file"
          className="mt-4 max-w-sm"
          hint={
            file.guessed
              ? 'The file does not say its encoding. Look at names with accents below, and choose another if they are wrong.'
              : undefined
          }
        >
          <Select
            className="w-full"
            value={file.encoding}
            onChange={(event) => read(file.bytes, event.target.value as TextEncoding)}
          >
            {Object.entries(TEXT_ENCODINGS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      {error ? <ErrorNotice error={error} className="mt-4" /> : null}
      {list ? (
        <section aria-label="Check before start" className="mt-5 border-t pt-5">
          <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
            {FIELDS.map(([field, label]) => (
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
            {mapped
              ? `${mapped.rows.length} of ${list.rows.length} rows can be imported.`
              : 'Choose the column with the photo URLs.'}
          </p>
          {mapped ? <ListPreview {...mapped} /> : null}
          {sent === null ? (
            <Button
              variant="primary"
              className="mt-4"
              disabled={!mapped || mapped.rows.length === 0}
              onClick={() => void start()}
            >
              Start import
            </Button>
          ) : (
            <Progress
              className="mt-4"
              label="Sending rows"
              value={mapped ? (sent / Math.max(1, mapped.rows.length)) * 100 : 0}
            />
          )}
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
