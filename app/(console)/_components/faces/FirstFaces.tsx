import { FileUp, ImagePlus } from 'lucide-react';
import Link from 'next/link';
import { Button } from '../ui/Button';

/** Buttons to add the first faces, for empty pages. */
export function FirstFaces() {
  return (
    <>
      <Button asChild variant="primary">
        <Link href="/samples?add=1">
          <ImagePlus aria-hidden />
          Add photo
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
