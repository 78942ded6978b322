"""How gunicorn serves the application: `gunicorn --config python:datadesign.gunicorn`."""

from pathlib import Path

from datadesign import environment

wsgi_app = "datadesign.wsgi"
bind = f"{environment.text('HOST', '0.0.0.0')}:{environment.whole_number('PORT', 8000, at_least=1)}"
worker_class = "gthread"
workers = environment.whole_number("WEB_WORKERS", 2, at_least=1)
threads = environment.whole_number("WEB_THREADS", 4, at_least=1)
# Loaded once and then forked, the processes share the memory of the code.
preload_app = True
timeout = 60
graceful_timeout = 30
# A balancer keeps its connections longer than gunicorn's two seconds; it must be the one to close them.
keepalive = 75
# A process is renewed now and then, not all at the same time, so that memory cannot creep.
max_requests = 5000
max_requests_jitter = 500
# A worker tells that it lives by touching a file; on a slow disk that touch can stall it.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
control_socket_disable = True
