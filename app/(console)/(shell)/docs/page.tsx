import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { canReadGallery } from '@/lib/accounts/permissions';
import { reference } from '@/lib/contract/reference';
import { Button } from '../../_components/ui/Button';
import { PageHeader } from '../../_components/ui/PageHeader';
import { requireAccount } from '../../_lib/session';
import { Reference } from './Reference';

export const metadata: Metadata = { title: 'API reference' };

export default async function DocsPage() {
  await requireAccount(canReadGallery);
  return (
    <>
      <PageHeader
        title="API reference"
        description="Every call, from the description that the server itself checks requests by."
        actions={
          <Button asChild>
            <a href="/api/openapi.json" download="openapi.json">
              <Download aria-hidden />
              OpenAPI
            </a>
          </Button>
        }
      />
      <Reference calls={reference()} />
    </>
  );
}
