'use client';
import { useEffect, useEffectEvent, useRef } from 'react';
import { Button } from './Button';

/** Loads the next page when its button comes into view. The button also works without scrolling. */
export function MoreOnScroll({ loading, load }: { loading: boolean; load: () => void }) {
  const area = useRef<HTMLDivElement>(null);
  const onNear = useEffectEvent(() => {
    if (!loading) load();
  });
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onNear(), { rootMargin: '600px' });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={area} className="mt-6 flex justify-center">
      <Button pending={loading} onClick={load}>
        Load more
      </Button>
    </div>
  );
}
