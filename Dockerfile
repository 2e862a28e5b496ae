# Hva virker behind a production WSGI server, as a user without rights.
#   docker build -t hvavirker .
#   docker run -v /srv/rapporter:/documents:ro -v hvavirker:/index hvavirker index
#   docker run -v /srv/rapporter:/documents:ro -v hvavirker:/index -v hvavirker-admin:/admin -p 8000:8000 hvavirker
FROM python:3.13-slim

RUN useradd --system --uid 10001 --no-create-home hvavirker \
    && mkdir /documents /index /admin && chown hvavirker /index /admin
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
COPY corpus corpus
COPY indexer indexer
COPY search_app search_app
COPY config.toml LICENSE THIRD_PARTY_NOTICES.md ./
RUN python -m compileall -q corpus indexer search_app

ENV PYTHONUNBUFFERED=1 \
    HVAVIRKER_DOCUMENTS_FOLDER=/documents \
    HVAVIRKER_INDEX_FOLDER=/index \
    HVAVIRKER_ADMIN_FOLDER=/admin \
    HVAVIRKER_WEB_HOST=0.0.0.0 \
    HVAVIRKER_WEB_PORT=8000
USER hvavirker
VOLUME ["/documents", "/index", "/admin"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/helse', timeout=4)"]
ENTRYPOINT ["python", "-m", "indexer.cli"]
CMD ["serve"]
