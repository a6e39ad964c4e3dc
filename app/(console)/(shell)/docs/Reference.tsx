'use client';
import { useState } from 'react';
import type { ReferenceCall } from '@/lib/shared/contract/reference';
import { Badge } from '../../_components/ui/Badge';
import { Card } from '../../_components/ui/Card';
import { CodeBlock } from '../../_components/ui/CodeBlock';
import { Field } from '../../_components/ui/Field';
import { Input } from '../../_components/ui/Input';
import { TryCall } from './TryCall';

export function Reference({ calls }: { calls: ReferenceCall[] }) {
  const [key, setKey] = useState('');
  const tags = [...new Set(calls.map(({ tag }) => tag))];
  return (
    <>
      <Card className="mb-6 p-5">
        <Field label="API key to try calls with" hint="Kept only in this page. Create one under API keys.">
          <Input
            type="password"
            autoComplete="off"
            className="max-w-md font-mono"
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
        </Field>
      </Card>
      {tags.map((tag) => (
        <section key={tag} className="mb-7">
          <h2 className="mb-3 text-lg font-semibold tracking-tight">{tag}</h2>
          <div className="flex flex-col gap-2">
            {calls
              .filter((call) => call.tag === tag)
              .map((call) => (
                <CallDetails key={call.id} call={call} apiKey={key} />
              ))}
          </div>
        </section>
      ))}
    </>
  );
}

function CallDetails({ call, apiKey }: { call: ReferenceCall; apiKey: string }) {
  const [opened, setOpened] = useState(false);
  return (
    <details
      className="rounded-xl border bg-surface shadow-card"
      onToggle={(event) => event.currentTarget.open && setOpened(true)}
    >
      <summary className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-xl px-4 py-3 text-sm hover:bg-sunken">
        <Badge tone={call.method === 'GET' ? 'good' : call.method === 'DELETE' ? 'bad' : 'accent'}>{call.method}</Badge>
        <code className="font-mono text-[13px] break-all">{call.path}</code>
        <span className="text-muted">{call.summary}</span>
      </summary>
      {opened ? (
        <div className="border-t px-4 py-4 text-sm">
          {call.description ? <p className="mb-3 max-w-3xl text-muted">{call.description}</p> : null}
          <p className="mb-4 flex flex-wrap items-center gap-2">
            {call.scope ? <Badge>scope {call.scope}</Badge> : <Badge>no key needed</Badge>}
            {call.errors.map(({ type, status }) => (
              <Badge key={type} tone="neutral">
                {type} · {status}
              </Badge>
            ))}
          </p>
          <TryCall call={call} apiKey={apiKey} />
          <h3 className="mt-5 mb-2 text-[13px] font-medium">What comes back</h3>
          <CodeBlock label={`Answer of ${call.summary}`}>{call.answer}</CodeBlock>
        </div>
      ) : null}
    </details>
  );
}
