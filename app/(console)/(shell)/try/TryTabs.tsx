'use client';
import { Fingerprint, Scale } from 'lucide-react';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '../../_components/ui/Tabs';
import { CompareTab } from './CompareTab';
import { RecogniseTab } from './RecogniseTab';

export function TryTabs() {
  return (
    <Tabs defaultValue="recognise">
      <TabsList aria-label="What to try">
        <TabsTrigger value="recognise">
          <Fingerprint aria-hidden />
          Recognise
        </TabsTrigger>
        <TabsTrigger value="compare">
          <Scale aria-hidden />
          Compare two
        </TabsTrigger>
      </TabsList>
      <TabsContent value="recognise" className="mt-5">
        <RecogniseTab />
      </TabsContent>
      <TabsContent value="compare" className="mt-5">
        <CompareTab />
      </TabsContent>
    </Tabs>
  );
}
