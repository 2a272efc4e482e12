FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o /pincite ./cmd/pincite

FROM debian:bookworm-slim
# poppler-utils has pdftohtml, which reads PDF files; the rest is the one binary.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates poppler-utils \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 pincite \
 && useradd --uid 10001 --gid pincite --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin pincite \
 && install -d -o pincite -g pincite -m 0750 /data
COPY --from=build /pincite /usr/local/bin/pincite
USER 10001:10001
ENV PINCITE_DATA=/data
VOLUME /data
# The bot leaves a sign of life in /data while it is connected.
HEALTHCHECK --interval=60s --timeout=5s --start-period=60s CMD ["pincite", "health"]
ENTRYPOINT ["pincite"]
CMD ["serve"]
