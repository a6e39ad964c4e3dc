import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { canReadGallery } from '@/lib/shared/contract/permissions';
import { reference } from '@/lib/shared/contract/reference';
import { Button } from '../../_components/ui/Button';
import { PageHeader } from '../../_components/ui/PageHeader';
import { HEADINGS } from '../../_lib/headings';
import { requireAccount } from '../../_lib/session';
import { Reference } from './Reference';

export const metadata: Metadata = { title: HEADINGS.docs.title };

export default async function DocsPage() {
  await requireAccount(canReadGallery);
  return (
    <>
      <PageHeader
        {...HEADINGS.docs}
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
