# docker build -t tailrace . && docker run --rm tailrace --help
# The program with its Swift libraries inside, on a Debian that brings libcurl, OpenSSL, zlib and SQLite.

FROM swift:6.3-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libcurl4-openssl-dev libssl-dev zlib1g-dev libsqlite3-dev pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
# Symbols stay, so that a crash can name its function; debug information goes.
RUN swift build -c release --static-swift-stdlib --product tailrace \
    && install -D -m 0755 .build/release/tailrace /out/usr/bin/tailrace \
    && strip --strip-debug /out/usr/bin/tailrace

FROM debian:bookworm-slim
# libssl3 comes with libcurl4 too, but Tailrace calls it itself.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        ca-certificates libcurl4 libsqlite3-0 libssl3 libstdc++6 zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 tailrace \
    && useradd --system --uid 10001 --gid tailrace --no-create-home \
        --home-dir /var/lib/tailrace --shell /usr/sbin/nologin tailrace \
    && install -d -o tailrace -g tailrace -m 0750 /var/lib/tailrace /var/log/tailrace
COPY --from=build /out/usr/bin/tailrace /usr/bin/tailrace
# A number, so that an orchestrator can see that it is not root.
USER 10001:10001
WORKDIR /var/lib/tailrace
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/bin/tailrace"]
CMD ["run", "--config", "/etc/tailrace/tailrace.yaml"]
