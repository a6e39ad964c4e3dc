# Nothing in here needs BuildKit. Debian, because ONNX Runtime's binary needs glibc; for amd64 and arm64.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
COPY cli/package.json ./cli/
COPY sdk/package.json ./sdk/
RUN npm ci
COPY . .
# Models, what the browser loads, and the application; for the server's user to read, whatever umask the files came with.
RUN npm run build && chmod -R a+rX,go-w .next/standalone .next/static public scripts/docker

FROM node:24.21.0-bookworm-slim AS server
LABEL org.opencontainers.image.title="Kith" \
      org.opencontainers.image.description="Self-hosted face recognition that keeps working when the network does not" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    # lib/server/platform/shutdown.ts ends the server, with a bound on its time.
    NEXT_MANUAL_SIG_HANDLE=1 \
    # As `npm start` has it: what scripts/prepare/serve.mjs says of memory.
    MALLOC_ARENA_MAX=2 \
    MALLOC_TRIM_THRESHOLD_=131072 \
    NODE_OPTIONS=--max-semi-space-size=4 \
    HOSTNAME=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/.next/standalone ./
COPY --from=build /app/.next/static ./.next/static
COPY --from=build /app/public ./public
COPY --from=build /app/scripts/docker ./scripts/docker
RUN install --directory --owner=node --group=node --mode=0700 /data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "scripts/docker/healthcheck.mjs"]
CMD ["node", "server.js"]
