# docs/container.md says how the image is used. The build needs requirements.lock and the source, and no compiler.
FROM python:3.12-slim AS build

# Another package index than the usual one: --build-arg PIP_INDEX_URL=...
ARG PIP_INDEX_URL
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

# There is no pip in it: nothing is installed later. Bytecode that carries no dates is the same in every build, and is
# used without a look at its source.
COPY requirements.lock /
RUN set -eu; \
    python -m venv --without-pip /opt/packages; \
    pip --python /opt/packages/bin/python install \
      --no-cache-dir --no-compile --only-binary :all: --require-hashes -r /requirements.lock; \
    find /opt/packages/bin -mindepth 1 ! -name 'python*' -delete; \
    for site in /opt/packages/lib/python*/site-packages; do echo /opt/enrich > "$site/enrich.pth"; done; \
    python -m compileall -qq -j 0 --invalidation-mode unchecked-hash /opt/packages/lib

# What one person's umask hid is shown: the image may be run by any user.
COPY LICENSE /opt/enrich/
COPY enrich /opt/enrich/enrich
RUN set -eu; \
    mkdir /opt/enrich/bin; \
    printf '%s\n' '#!/opt/packages/bin/python' 'from enrich.cli import main' '' 'main()' > /opt/enrich/bin/enrich; \
    chmod -R u=rwX,go=rX /opt/enrich; \
    chmod 755 /opt/enrich/bin/enrich; \
    python -m compileall -qq --invalidation-mode unchecked-hash /opt/enrich/enrich


FROM python:3.12-slim

COPY --from=build /opt/packages /opt/packages
COPY --from=build /opt/enrich /opt/enrich

ENV PATH=/opt/enrich/bin:/opt/packages/bin:$PATH \
    ENRICH_CACHE__DIR=/cache \
    ENRICH_SERVICE__LISTEN=0.0.0.0:8080

# Every module is imported once. That shows that the lock holds all they need, and compiles what they use of Python's own
# library: the base image has no bytecode, and no later user may write any there.
# Both folders are open to everybody, as /tmp is, since nobody knows yet which user will come.
RUN set -eu; \
    python -c 'from importlib import import_module; from pkgutil import walk_packages; import enrich; \
[import_module(each.name) for each in walk_packages(enrich.__path__, "enrich.") if each.name != "enrich.__main__"]'; \
    install -d -m 1777 /pages /cache

ENV PYTHONDONTWRITEBYTECODE=1
WORKDIR /pages
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
# Asked where the service was told to listen, past any proxy that the environment names.
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s --retries=3 \
  CMD ["python", "-IS", "-c", "import http.client, os, sys; asked = http.client.HTTPConnection(os.environ['ENRICH_SERVICE__LISTEN'], timeout=4); asked.request('GET', '/healthz'); sys.exit(asked.getresponse().status != 200)"]
ENTRYPOINT ["enrich"]
CMD ["serve"]

LABEL org.opencontainers.image.title="enrich" \
      org.opencontainers.image.description="Fills in the papers that Markdown pages cite" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.base.name="docker.io/library/python:3.12-slim"
