# syntax=docker/dockerfile:1
FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/requirements.txt

FROM python:3.11-slim-bookworm
# WeasyPrint's libraries, and the fonts that make every server print alike.
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends \
    libpangoft2-1.0-0 libharfbuzz-subset0 fonts-inter fonts-jetbrains-mono fonts-noto-core \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --create-home --home-dir /srv/data-design data-design
COPY --from=packages /opt/venv /opt/venv
WORKDIR /srv/data-design
COPY --chown=data-design . .
USER data-design
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 DATA_DESIGN_ENV=production
# The key is for this one command, which needs none; a start without SECRET_KEY is refused.
RUN mkdir -p var \
 && SECRET_KEY=collecting-static-files-only-never-serving-anything-0123456789 \
    ALLOWED_HOSTS=localhost EMAIL_URL=smtp://localhost python manage.py collectstatic --noinput --verbosity 0
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["python", "scripts/healthy.py"]
CMD ["scripts/start-web"]
