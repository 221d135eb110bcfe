# Needs a token, because a container's port is reached from outside its loopback: the gateway refuses to bind to
# anything but loopback without KIT_GATEWAY_TOKEN (16 characters or more), or KIT_GATEWAY_TOKEN_FILE for a secret.
#   docker build -t kit-gateway .
#   docker run -p 127.0.0.1:18800:18800 -v kit-data:/data -e KIT_GATEWAY_TOKEN kit-gateway

FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md ./
COPY domain domain
COPY projections projections
COPY kit kit
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels . \
    && python -m venv --without-pip /opt/kit \
    && pip --python /opt/kit/bin/python install --no-cache-dir --constraint constraints.txt /wheels/*.whl

FROM python:3.13-slim
RUN useradd --system --user-group --uid 10001 --no-create-home --shell /usr/sbin/nologin kit \
    && install --directory --owner kit --group kit --mode 0700 /data
COPY --from=build /opt/kit /opt/kit
ENV PATH=/opt/kit/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    KIT_DATA_DIR=/data \
    KIT_GATEWAY_HOST=0.0.0.0
USER kit
WORKDIR /data
VOLUME /data
EXPOSE 18800
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", \
  "import os, urllib.request as web; web.urlopen('http://127.0.0.1:' + os.environ.get('KIT_GATEWAY_PORT', '18800') + '/healthz', timeout=4)"]
ENTRYPOINT ["kit"]
CMD ["gateway"]
