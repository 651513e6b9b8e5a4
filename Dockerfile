# One image for every part of Crema; the command says which part runs: subgraphs/orders/dist/main.js, router/dist/main.js.

FROM node:24-bookworm-slim AS build
WORKDIR /crema
COPY . .
# No package of the lock file needs a script to install; what has one could do anything here.
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts
# Of our own packages the router alone stays, for modules of hooks to import.
RUN node infra/distributed/build.js \
  && find node_modules/@crema -mindepth 1 ! -name router -delete \
  && mkdir /image \
  && cp -r --parents node_modules router/dist router/package.json subgraphs/*/dist schema/supergraph.graphql package.json \
    infra/docker/healthcheck.js /image

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 DATA_DIR=/data SUPERGRAPH=schema/supergraph.graphql
WORKDIR /crema
# Without servers' addresses a subgraph keeps its files here.
RUN install -d -o node -g node /data
COPY --from=build /image ./
USER node
EXPOSE 4000
# Ready, not only alive: whoever waits for a healthy container means to send it requests.
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 CMD ["node", "infra/docker/healthcheck.js"]
ENTRYPOINT ["node"]
# Room for the answers in the making of a busy router; a subgraph does without.
CMD ["--max-semi-space-size=64", "router/dist/main.js"]
