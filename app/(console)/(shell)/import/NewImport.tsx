'use client';
import { FolderUp, ListPlus } from 'lucide-react';
import { Card } from '../../_components/ui/Card';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '../../_components/ui/Tabs';
import { ListImport } from './ListImport';
import { PicturesImport } from './PicturesImport';

/** @param mostBytes of a picture that the server takes */
export function NewImport({ mostBytes }: { mostBytes: number }) {
  return (
    <Card className="p-5">
      <Tabs defaultValue="list">
        <TabsList aria-label="What to import">
          <TabsTrigger value="list">
            <ListPlus aria-hidden />
            Spreadsheet (CSV)
          </TabsTrigger>
          <TabsTrigger value="pictures">
            <FolderUp aria-hidden />
            Photos
          </TabsTrigger>
        </TabsList>
        <TabsContent value="list" className="mt-4">
          <ListImport />
        </TabsContent>
        <TabsContent value="pictures" className="mt-4">
          <PicturesImport mostBytes={mostBytes} />
        </TabsContent>
      </Tabs>
    </Card>
  );
}
