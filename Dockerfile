# One image holds the whole workspace; each container runs one of its processes (see docker-compose.yml).
# No bundle and no build step: Node strips the types, and OpenTelemetry can still hook every module.
FROM node:24.21.0-bookworm-slim AS workspace
WORKDIR /srv/hoerok
RUN npm install --global pnpm@11.28.11
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY packages/shared/package.json packages/shared/
COPY packages/client/package.json packages/client/
COPY packages/executor/package.json packages/executor/
COPY gateway/package.json gateway/
COPY subgraphs/users/package.json subgraphs/users/
COPY subgraphs/meetings/package.json subgraphs/meetings/
COPY subgraphs/transcripts/package.json subgraphs/transcripts/
COPY subgraphs/ai/package.json subgraphs/ai/
COPY subgraphs/todos/package.json subgraphs/todos/
COPY subgraphs/notifications/package.json subgraphs/notifications/
COPY subgraphs/tasks/package.json subgraphs/tasks/

FROM workspace AS composition
RUN pnpm install --frozen-lockfile --ignore-scripts
COPY supergraph.yaml supergraph.yaml
COPY subgraphs subgraphs
COPY scripts scripts
RUN node scripts/supergraph/compose.ts --routing-url "http://{name}:4000/graphql" --output supergraph.graphql

FROM workspace AS production
RUN pnpm install --frozen-lockfile --prod --ignore-scripts && rm -rf .hoerok
COPY packages packages
COPY gateway gateway
COPY subgraphs subgraphs
COPY --from=composition /srv/hoerok/supergraph.graphql supergraph.graphql

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 NODE_COMPILE_CACHE=/tmp/compile-cache
WORKDIR /srv/hoerok
COPY --from=production /srv/hoerok /srv/hoerok
# Volumes begin as what the image has there: folders of the user that writes them.
RUN install -d -o node -g node /var/lib/hoerok/recordings /var/lib/hoerok/spool
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4000/health/readiness').then(({ status }) => process.exit(status === 200 ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--import", "/srv/hoerok/packages/shared/src/telemetry/register.ts"]
CMD ["gateway/src/main.ts"]
