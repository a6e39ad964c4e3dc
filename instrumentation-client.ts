/*
 * Loaded before Next's own client. Evaluating React's renderer and Next's router within one task blocks a page for more
 * than 50 ms on a slow device (W3C Long Tasks); this evaluates the renderer first, and `app/scan/layout.tsx` lets the
 * router follow in a task of its own.
 */
import 'react-dom/client';
