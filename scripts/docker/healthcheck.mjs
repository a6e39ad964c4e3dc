/** HEALTHCHECK of the image, which has no curl: 0 when the server is ready, 1 when it is not or does not answer. */
const { PORT = '3000' } = process.env;
try {
  const response = await fetch(`http://127.0.0.1:${PORT}/api/ready`, { signal: AbortSignal.timeout(4_000) });
  process.exit(response.ok ? 0 : 1);
} catch {
  process.exit(1);
}
