# One file, two targets:
#   plugins  both Grafana plugins; run once, it copies them into the volume that Grafana reads
#   ingest   the fireplot command without the embedded engine (the store is a ClickHouse server)

FROM node:22-bookworm-slim AS manifests
WORKDIR /src
COPY package.json package-lock.json .npmrc tsconfig.base.json ./
COPY ingest/package.json ingest/
COPY datasource-plugin/package.json datasource-plugin/
COPY panel-plugin/package.json panel-plugin/
COPY workbench/package.json workbench/

FROM manifests AS frontend
# Only what the plugins need; their bundler's native parts are optional dependencies, so those stay in.
RUN npm ci --workspace datasource-plugin --workspace panel-plugin --include-workspace-root --no-audit --no-fund
COPY datasource-plugin datasource-plugin
COPY panel-plugin panel-plugin
RUN npm run build -w datasource-plugin && npm run build -w panel-plugin

FROM golang:1.26-bookworm AS backend
WORKDIR /src/datasource-plugin
COPY datasource-plugin/go.mod datasource-plugin/go.sum ./
RUN go mod download
COPY datasource-plugin/pkg pkg
ARG TARGETARCH=amd64
# Static: Grafana's image is Alpine.
RUN CGO_ENABLED=0 GOARCH=${TARGETARCH} go build -trimpath -ldflags '-s -w' \
    -o /out/gpx_fireplot_firewall_datasource_linux_${TARGETARCH} ./pkg

FROM busybox:1.37 AS plugins
COPY --from=frontend /src/datasource-plugin/dist /plugins/fireplot-firewall-datasource
COPY --from=backend --chmod=0755 /out/ /plugins/fireplot-firewall-datasource/
COPY --from=frontend /src/panel-plugin/dist /plugins/fireplot-fireplot-panel
CMD ["sh", "-c", "rm -rf /target/fireplot-* && cp -a /plugins/. /target/"]

FROM manifests AS ingest-build
RUN npm ci --omit=optional --workspace ingest --include-workspace-root --no-audit --no-fund
COPY ingest ingest
RUN npm run build -w ingest

FROM manifests AS ingest-packages
# chdb, the embedded engine, is an optional dependency: left out, the image is 543 MB smaller.
RUN npm ci --omit=dev --omit=optional --workspace ingest --no-audit --no-fund

FROM node:22-bookworm-slim AS ingest
ENV NODE_ENV=production
WORKDIR /app
COPY --from=ingest-packages /src/node_modules node_modules
COPY --from=ingest-build /src/ingest/package.json ingest/
COPY --from=ingest-build /src/ingest/bin ingest/bin
COPY --from=ingest-build /src/ingest/dist ingest/dist
COPY provisioning/clickhouse provisioning/clickhouse
# What came in and is not in the store yet lies here: mount a volume, or it goes with the container.
RUN install -d -o node -g node /var/lib/fireplot
ENV FIREPLOT_STORE=/var/lib/fireplot FIREPLOT_SPOOL=/var/lib/fireplot/spool
VOLUME /var/lib/fireplot
USER node
EXPOSE 5514/udp 5514/tcp 9464
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9464/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "ingest/bin/fireplot.js"]
CMD ["serve"]
