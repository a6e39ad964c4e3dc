import { SearchX } from 'lucide-react';
import Link from 'next/link';
import { Button } from '../_components/ui/Button';
import { Card } from '../_components/ui/Card';
import { EmptyState } from '../_components/ui/EmptyState';

export default function NotFound() {
  return (
    <Card>
      <EmptyState
        as="h1"
        icon={SearchX}
        title="Page not found"
        description="It may have been deleted or merged, or the address has a typing error."
        action={
          <Button asChild>
            <Link href="/">Back to the overview</Link>
          </Button>
        }
      />
    </Card>
  );
}
