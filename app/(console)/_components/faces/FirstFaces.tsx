import { FileUp, ImagePlus } from 'lucide-react';
import Link from 'next/link';
import { Button } from '../ui/Button';

/** The two ways to the first faces, for places that are empty without any. */
export function FirstFaces() {
  return (
    <>
      <Button asChild variant="primary">
        <Link href="/samples?add=1">
          <ImagePlus aria-hidden />
          Add sample
        </Link>
      </Button>
      <Button asChild>
        <Link href="/import">
          <FileUp aria-hidden />
          Import a list
        </Link>
      </Button>
    </>
  );
}
