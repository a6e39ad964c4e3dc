'use client';
import type { PictureSource } from '../../_components/picture/source';
import { Card } from '../../_components/ui/Card';
import { CodeBlock } from '../../_components/ui/CodeBlock';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '../../_components/ui/Tabs';

/** Returns the text in single quotes of a POSIX shell, with quotes escaped. */
const shellQuoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

function curlOf(source: PictureSource): string {
  const call = `curl ${shellQuoted(`${window.location.origin}/face/match`)} \\\n  -H "Authorization: Bearer $KITH_KEY" \\\n`;
  return source.kind === 'url'
    ? `${call}  --data-urlencode ${shellQuoted(`image_url=${source.url}`)}`
    : `${call}  -F ${shellQuoted(`image=@${source.name}`)}`;
}

/** Shows the call for programs: the response, and the curl command. */
export function CallDetails({ source, answer }: { source: PictureSource; answer: unknown }) {
  return (
    <Card className="p-4">
      <Tabs defaultValue="json">
        <TabsList aria-label="The call">
          <TabsTrigger value="json">JSON</TabsTrigger>
          <TabsTrigger value="curl">curl</TabsTrigger>
        </TabsList>
        <TabsContent value="json" className="mt-3">
          <CodeBlock label="Answer as JSON">{JSON.stringify(answer, null, 2)}</CodeBlock>
        </TabsContent>
        <TabsContent value="curl" className="mt-3">
          <CodeBlock label="The same call as curl">{curlOf(source)}</CodeBlock>
        </TabsContent>
      </Tabs>
    </Card>
  );
}
