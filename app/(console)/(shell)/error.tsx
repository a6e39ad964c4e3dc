'use client';
import { CloudAlert } from 'lucide-react';
import type { ErrorInfo } from 'next/error';
import { useTransition } from 'react';
import type { ErrorCode } from '@/lib/shared/contract/errors';
import { Button } from '../_components/ui/Button';
import { Card } from '../_components/ui/Card';
import { EmptyState } from '../_components/ui/EmptyState';

/** The digest of errors while the database is unavailable. */
const DATABASE_AWAY: ErrorCode = 'DATABASE_AWAY';

/** Shown when a page failed on the server. The log has the error, under the digest. */
export default function PageError({ error, retry }: ErrorInfo) {
  const [pending, startTransition] = useTransition();
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : '';
  return (
    <Card role="alert">
      <EmptyState
        as="h1"
        icon={CloudAlert}
        {...(digest === DATABASE_AWAY
          ? {
              title: 'The database cannot be reached',
              description: 'Nothing was changed. Kith continues when the database is back.',
            }
          : {
              title: 'This page could not be loaded',
              description: `The server’s log says why${digest ? ` (look for ${digest})` : ''}. Nothing was changed.`,
            })}
        action={
          <Button variant="primary" pending={pending} onClick={() => startTransition(retry)}>
            Try again
          </Button>
        }
      />
    </Card>
  );
}
