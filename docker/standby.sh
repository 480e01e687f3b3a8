#!/bin/sh
# A hot standby: at its first start it copies the primary, then it follows it.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  install --directory --mode=0700 --owner=postgres --group=postgres "$PGDATA"
  PGPASSWORD=$POSTGRES_PASSWORD gosu postgres pg_basebackup --host=primary --username=replicator --pgdata="$PGDATA" \
    --write-recovery-conf --slot=standby --checkpoint=fast
fi
exec docker-entrypoint.sh postgres
