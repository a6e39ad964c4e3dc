import type { ReactNode } from 'react';
import { Logo } from '../_components/shell/Logo';

export default function EntryLayout({ children }: { children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-7 flex flex-col items-center gap-3">
          <Logo className="size-11" />
          <span className="text-sm text-muted">Kith · face recognition</span>
        </div>
        {children}
      </div>
    </main>
  );
}
