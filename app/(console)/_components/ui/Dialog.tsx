'use client';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './Button';
import { cn } from './cn';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
  className?: string;
  /** Sets the initial focus on the dialog, for text to read. Otherwise on the first field. */
  toRead?: boolean;
}

/** A modal window; on a phone it fills the width and scrolls inside. Focus is trapped and returned by Radix. */
export function Dialog({ open, onOpenChange, title, description, children, className, toRead }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="overlay fade-in backdrop-blur-[2px]" />
        <Radix.Content
          className={cn(
            'rise-in fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-2xl border bg-raised p-5 shadow-float outline-none sm:p-6',
            className,
          )}
          {...(description ? {} : { 'aria-describedby': undefined })}
          onOpenAutoFocus={(event) => {
            if (!toRead) return;
            event.preventDefault();
            (event.currentTarget as HTMLElement).focus();
          }}
        >
          <Radix.Title className="pr-10 text-lg font-semibold tracking-tight">{title}</Radix.Title>
          {description ? (
            <Radix.Description className="mt-1 text-sm text-muted">{description}</Radix.Description>
          ) : null}
          <div className="mt-5">{children}</div>
          <Radix.Close asChild>
            <Button variant="ghost" size="icon" className="absolute top-4 right-4" aria-label="Close">
              <X aria-hidden />
            </Button>
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-6 flex flex-wrap items-center justify-end gap-2">{children}</div>;
}
