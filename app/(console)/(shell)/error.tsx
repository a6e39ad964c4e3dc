'use client';
import { CloudAlert } from 'lucide-react';
import { Button } from '../_components/ui/Button';
import { Card } from '../_components/ui/Card';
import { EmptyState } from '../_components/ui/EmptyState';

/** A page that failed on the server. What went wrong is in its log, under the digest. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Card role="alert">
      <EmptyState
        as="h1"
        icon={CloudAlert}
        title="This page could not be loaded"
        description={`The server’s log says why${error.digest ? ` (look for ${error.digest})` : ''}. Nothing was changed.`}
        action={
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
        }
      />
    </Card>
  );
}
