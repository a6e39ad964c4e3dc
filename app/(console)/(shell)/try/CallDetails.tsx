'use client';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import type { PictureSource } from '../../_components/picture/source';
import { Button } from '../../_components/ui/Button';
import { Card } from '../../_components/ui/Card';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '../../_components/ui/Tabs';

/** In single quotes of a POSIX shell, a quote is closed, escaped and opened again. */
const shellQuoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

function curlOf(source: PictureSource): string {
  const call = `curl ${shellQuoted(`${window.location.origin}/face/match`)} \\\n  -H "Authorization: Bearer $KITH_KEY" \\\n`;
  return source.kind === 'url'
    ? `${call}  --data-urlencode ${shellQuoted(`image_url=${source.url}`)}`
    : `${call}  -F ${shellQuoted(`image=@${source.name}`)}`;
}

/** The same call for a program: what it answers, and how it is made. */
export function CallDetails({ source, answer }: { source: PictureSource; answer: unknown }) {
  return (
    <Card className="p-4">
      <Tabs defaultValue="json">
        <TabsList aria-label="The call">
          <TabsTrigger value="json">JSON</TabsTrigger>
          <TabsTrigger value="curl">curl</TabsTrigger>
        </TabsList>
        <TabsContent value="json" className="mt-3">
          <Code label="Answer as JSON" text={JSON.stringify(answer, null, 2)} />
        </TabsContent>
        <TabsContent value="curl" className="mt-3">
          <Code label="The same call as curl" text={curlOf(source)} />
        </TabsContent>
      </Tabs>
    </Card>
  );
}

/** Text too wide or too long for its place scrolls by keyboard too (WCAG 2.1.1). */
const KEYBOARD_SCROLL = { tabIndex: 0 };

function Code({ label, text }: { label: string; text: string }) {
  const [copied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  }
  return (
    <div className="relative">
      <section
        aria-label={label}
        className="max-h-80 overflow-auto rounded-lg bg-sunken p-3 font-mono text-xs leading-relaxed whitespace-pre"
        {...KEYBOARD_SCROLL}
      >
        {text}
      </section>
      <Button size="sm" className="absolute top-2 right-2" onClick={() => void copy()} aria-label={`Copy: ${label}`}>
        {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      </Button>
    </div>
  );
}
