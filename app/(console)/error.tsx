'use client';
import type { ErrorInfo } from 'next/error';
import EntryLayout from './(entry)/layout';
import PageError from './(shell)/error';

/** Shown if even the frame of a page failed: without a database, no session can be read. */
export default function ConsoleError(info: ErrorInfo) {
  return (
    <EntryLayout>
      <PageError {...info} />
    </EntryLayout>
  );
}
