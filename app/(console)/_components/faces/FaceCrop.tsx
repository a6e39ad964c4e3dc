'use client';
import { UserRound } from 'lucide-react';
import { useState } from 'react';
import { cn } from '../ui/cn';

interface FaceCropProps {
  faceId: number | null;
  /** The sample's feed number; a replaced picture gets another address. */
  version?: number;
  alt: string;
  className?: string;
}

/**
 * The stored picture of a face, or an icon if none is stored (STORE_IMAGES=none). Always square, so that the layout does
 * not shift.
 */
export function FaceCrop({ faceId, version, alt, className }: FaceCropProps) {
  const address = faceId === null ? null : `/api/faces/${faceId}/crop${version === undefined ? '' : `?v=${version}`}`;
  const [missing, setMissing] = useState<string | null>(null);
  return (
    <span
      className={cn(
        'relative flex aspect-square shrink-0 items-center justify-center overflow-hidden rounded-lg bg-sunken text-muted',
        className,
      )}
    >
      {address === null || address === missing ? (
        <UserRound className="size-1/2" {...(alt ? { role: 'img', 'aria-label': alt } : { 'aria-hidden': true })} />
      ) : (
        <img
          src={address}
          alt={alt}
          loading="lazy"
          decoding="async"
          className="absolute inset-0 size-full object-cover"
          onError={() => setMissing(address)}
          // An image of the server-rendered page may have failed before hydration.
          ref={(image) => {
            if (image?.complete && image.naturalWidth === 0) setMissing(address);
          }}
        />
      )}
    </span>
  );
}
