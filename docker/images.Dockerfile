# The image server of compose.yaml: IIPImage as Debian has it, which speaks the Image API 2 at level 1.
FROM docker.io/library/debian:12-slim
RUN apt-get update \
 && apt-get install --yes --no-install-recommends iipimage-server \
 && rm -rf /var/lib/apt/lists/*
ENV FILESYSTEM_PREFIX=/data/media/ \
    URI_MAP=images=>IIIF \
    CORS=* \
    MAX_CVT=5000 \
    MAX_IMAGE_CACHE_SIZE=64
USER nobody
EXPOSE 9000
CMD ["/usr/lib/iipimage-server/iipsrv.fcgi", "--bind", "0.0.0.0:9000"]
