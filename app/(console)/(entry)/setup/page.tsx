import { Link2Off } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { readLink } from '@/lib/server/access/accounts/links';
import { Button } from '../../_components/ui/Button';
import { Card } from '../../_components/ui/Card';
import { EmptyState } from '../../_components/ui/EmptyState';
import { SetupForm } from './SetupForm';

export const metadata: Metadata = { title: 'Choose a password' };

export default async function SetupPage({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { token } = await searchParams;
  const link = typeof token === 'string' ? await readLink(token) : null;
  if (typeof token !== 'string' || link === null) {
    return (
      <Card>
        <EmptyState
          as="h1"
          icon={Link2Off}
          title="This link no longer works"
          description="It was already used, or it has expired. Ask an administrator for a new link. For the first account, the server prints a link when it starts."
          action={
            <Button asChild>
              <Link href="/login">Go to sign in</Link>
            </Button>
          }
        />
      </Card>
    );
  }
  return <SetupForm token={token} kind={link.kind} email={link.email} />;
}
