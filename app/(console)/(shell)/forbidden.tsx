import { ShieldX } from 'lucide-react';
import Link from 'next/link';
import { Button } from '../_components/ui/Button';
import { Card } from '../_components/ui/Card';
import { EmptyState } from '../_components/ui/EmptyState';

export default function Forbidden() {
  return (
    <Card>
      <EmptyState
        as="h1"
        icon={ShieldX}
        title="Your role may not see this page"
        description="An administrator can give you another role under Users."
        action={
          <Button asChild>
            <Link href="/">Back to the overview</Link>
          </Button>
        }
      />
    </Card>
  );
}
