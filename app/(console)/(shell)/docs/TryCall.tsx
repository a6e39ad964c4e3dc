'use client';
import { type FormEvent, useState } from 'react';
import type { ReferenceCall, ReferenceField } from '@/lib/shared/contract/reference';
import { Button } from '../../_components/ui/Button';
import { CodeBlock } from '../../_components/ui/CodeBlock';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Field } from '../../_components/ui/Field';
import { Input } from '../../_components/ui/Input';
import { pathOf } from '../../_lib/api';

interface TriedCall {
  status: number;
  text: string;
}

/** Maximum length of a shown response. A whole feed would make the page slow. */
const MAX_SHOWN = 20_000;

/** Returns the value of a field: parsed if it is JSON of an object, a list, a number or a boolean, otherwise the text. */
function readValue(text: string): unknown {
  if (!/^([[{]|-?\d+(\.\d+)?$|true$|false$|null$)/.test(text.trim())) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function requestOf(call: ReferenceCall, form: FormData, apiKey: string): [string, RequestInit] {
  const params: Record<string, string> = {};
  const query = new URLSearchParams();
  const upload = new FormData();
  const body: Record<string, unknown> = {};
  let files = false;
  for (const { name, place, file } of call.fields) {
    const value = form.get(name);
    if (value === null || value === '') continue;
    if (value instanceof File) {
      if (!file || value.size === 0) continue;
      upload.set(name, value);
      files = true;
    } else if (place === 'path') params[name] = value;
    else if (place === 'query') query.set(name, value);
    else {
      body[name] = readValue(value);
      upload.set(name, value);
    }
  }
  const headers: Record<string, string> = apiKey ? { Authorization: `Bearer ${apiKey}` } : {};
  const sends = call.method !== 'GET' && call.fields.some(({ place }) => place === 'body');
  if (sends && !files) headers['Content-Type'] = 'application/json';
  const search = query.size > 0 ? `?${query}` : '';
  return [
    pathOf(call, params) + search,
    {
      method: call.method,
      headers,
      credentials: 'omit',
      ...(sends && { body: files ? upload : JSON.stringify(body) }),
    },
  ];
}

export function TryCall({ call, apiKey }: { call: ReferenceCall; apiKey: string }) {
  const [answer, setAnswer] = useState<TriedCall | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setPending(true);
    setError(null);
    try {
      const response = await fetch(...requestOf(call, new FormData(event.currentTarget), apiKey));
      const text = await response.text();
      setAnswer({ status: response.status, text: pretty(text).slice(0, MAX_SHOWN) });
    } catch {
      setError('The server cannot be reached. Check the connection, then try again.');
    } finally {
      setPending(false);
    }
  }

  return (
    <form onSubmit={(event) => void send(event)} className="flex flex-col gap-3">
      <div className="grid gap-3 md:grid-cols-2">
        {call.fields.map((field) => (
          <CallField key={`${field.place}.${field.name}`} field={field} />
        ))}
      </div>
      <Button type="submit" size="sm" variant="primary" pending={pending} className="self-start">
        Send
      </Button>
      {error ? <ErrorNotice error={error} /> : null}
      {answer ? <CodeBlock label="Answer">{`${answer.status}\n${answer.text}`}</CodeBlock> : null}
    </form>
  );
}

function CallField({ field }: { field: ReferenceField }) {
  return (
    <Field label={`${field.name}${field.required ? ' (needed)' : ''}`} hint={hintOf(field)}>
      <Input name={field.name} type={field.file ? 'file' : 'text'} autoComplete="off" />
    </Field>
  );
}

/** Returns the hint of a field: its type, if that fits on a line, and its description. */
function hintOf({ type, description, file }: ReferenceField): string {
  const short = file || type.includes('\n') ? '' : type;
  return [short, description].filter(Boolean).join(' · ');
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
