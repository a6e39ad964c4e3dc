/**
 * HEALTHCHECK of the image, which has no curl. Exits with 0 if the server is ready; otherwise, or if there is no
 * response, with 1.
 */
const { PORT = '3000' } = process.env;
try {
  const response = await fetch(`http://127.0.0.1:${PORT}/api/ready`, { signal: AbortSignal.timeout(4_000) });
  process.exit(response.ok ? 0 : 1);
} catch {
  process.exit(1);
}
