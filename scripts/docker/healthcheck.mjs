/**
 * HEALTHCHECK of the image, which has no curl. Exits with 0 if the server is ready. Exits with 1 if it is not ready or
 * does not respond.
 */
const { PORT = '3000' } = process.env;
try {
  const response = await fetch(`http://127.0.0.1:${PORT}/api/ready`, { signal: AbortSignal.timeout(4_000) });
  process.exit(response.ok ? 0 : 1);
} catch {
  process.exit(1);
}
