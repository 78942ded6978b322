import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.design.entries import CATALOGUE
from projects.design.secrets import secret_in

RANDOM = "9fK2mQ7xV4bT8nL1cR6wZ3pH"


@pytest.mark.parametrize(
    "text",
    [
        "postgres://app:s3cret@db.internal:5432/orders",
        "Use redis://:hunter2@cache:6379/0 for now.",
        "<https://bot:letmein@git.example/x.git>",
        "mysql://root:p@ss@db/orders",
        "postgres://user:pa/ss@host/db",
        "root:hunter2@tcp(127.0.0.1:3306)/orders",
        "jdbc:oracle:thin:scott/tiger@//db:1521/orcl",
        "password=hunter2",
        "password=letmein",
        "host=db user=app PASSWORD=letmein sslmode=require",
        "Server=db;User Id=app;Password=hunter2;",
        "PGPASSWORD=hunter2 psql",
        "pwd:letmein",
        "Password: hunter2",
        "**Password:** hunter2",
        "pwd: 123456",
        '"password": "letmein"',
        "password = 'correct'",
        "api_key=abc12345",
        "API key: 8c2f9a71b3",
        "apiKey: 'k3y-8c2f9a71'",
        "token: a8f5f167f44f4964e6c998dee827110c",
        "client_secret=Qv9~xT2",
        "pg_dump --password hunter2",
        "CREATE ROLE app LOGIN PASSWORD 'hunter2'",
        "CREATE USER app IDENTIFIED BY 'letmein'",
        "AKIAIOSFODNN7EXAMPLE",
        f"ghp_{RANDOM}0123456789ab",
        f"github_pat_{RANDOM}",
        f"sk_live_{RANDOM}",
        f"rk_live_{RANDOM}",
        f"xoxb-1234567890-{RANDOM}",
        f"AIza{RANDOM}0123456789a",
        f"glpat-{RANDOM}",
        f"npm_{RANDOM}0123456789ab",
        f"SG.{RANDOM}.{RANDOM}",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
        "-----BEGIN PRIVATE KEY-----",
        f"Authorization: Bearer {RANDOM}",
        f"The staging token is {RANDOM}",
        f"AccountKey={RANDOM}+x/Zz==",
        "mysql -u root -pS3cret99",
        "mysqldump -h db -p'letmein' orders",
        "pw: Summer2026!",
        "db_pw=letmein",
        "the password is Tr0ub4dor3xyz",
        "The password was set to `Tr0ub4dor3xyz`.",
        "Passwort: Geheim123",
        "Das Kennwort ist Geheim123.",
        f"hvs.{RANDOM}",
        f"sk-proj-{RANDOM}",
        "The deploy secret is 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
    ],
)
def test_a_secret_is_found_and_not_repeated(text: str) -> None:
    sentence = secret_in(text)
    assert "${DB_PASSWORD}" in sentence
    assert not any(part in sentence for part in ("hunter2", "letmein", "s3cret", RANDOM))


ORDINARY = [
    "postgres://app@db.internal:5432/orders",
    "postgres://app:${PASSWORD}@db/orders, postgres://app:$PASSWORD@db, postgres://app:<password>@db",
    "postgres://app:***@db, postgres://app:{password}@db, postgres://app:DB_PASSWORD@db, postgres://app:…@db",
    "postgres://user:password@localhost/db, postgres://user:pass@host, postgres://user:secret@host, redis://:changeme@db",
    "password=changeme, token=JWT, token=OIDC",
    "sha256 of the token: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "The password is **never** stored! The token is RS256-signed, a secret is AES-256-sealed, the password is reset!",
    "mysql -u root -p orders, mysql -p$DB_PASSWORD, mysqldump -p${PW}, mkdir -parents\nMySQL by docker -p3307:3306",
    "The pw field, pw: str; a pw is 12 characters; MariaDB behind pw-proxy-01",
    "postgres://app:PASSWORD@db, redis://cache:6379/0, http://[::1]:8080/@me, https://host:8080/@user",
    "mongodb://db1:27017,db2:27017/orders?replicaSet=rs0",
    "https://example.org/@anna:page and git@github.com:acme/orders.git",
    "Passwords are hashed with argon2; a token lives for an hour.",
    "Password: argon2id, 12 characters at least",
    "password: bcrypt (cost 12)",
    "token: rotated quarterly",
    "Token: 256 bits, base64url-encoded, kept as HMAC-SHA256",
    "Secret: orders-db-credentials-v2 in Vault",
    "secret: kv/orders/db1#password",
    "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders/db-AbC12f",
    "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-a1B2c3",
    "password=$DB_PASSWORD, password=${DB_PASSWORD}, DB_PASSWORD=<from vault>, pwd=%DB_PASSWORD%, token=***",
    "api_key=API_KEY_FROM_VAULT, api_key=your-api-key, token=xxxxxxxx, password=",
    "password=os.environ['DB_PASSWORD'], password=settings.DB_PASSWORD, token=request.headers['X-Token']",
    "create_user(email=email, password=password); user.password = hash(raw)",
    "password: str, token: UUID, password: z.string().min(12), secret: SecretStr",
    "UPDATE users SET password = :password WHERE token = $1 OR token = ? AND password = excluded.password",
    "SELECT token FROM sessions WHERE password_hash = crypt($1, password_hash)",
    "password::text, token == expected, token != other",
    "POSTGRES_PASSWORD_FILE=/run/secrets/db1 and token_ttl=3600, max_tokens=4096",
    "private key: /etc/ssl/orders1.pem, private key: op://prod/db2/key",
    "The password 'reset' mail; --password prompt; token: ops@example.org",
    "Design tokens: blue-500. Access token: 15m, refresh token: 30d.",
    "orders-db.eu-central-1.rds.amazonaws.com:5432 via pgbouncer-2.internal.example.org",
    "550e8400-e29b-41d4-a716-446655440000",
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "Tokens are kept as a SHA-256 digest: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "The secret lies in projects/orders/locations/europe-west1/secrets/database-password/versions/2024-10-01",
    "Token table: customer_session_tokens_by_tenant_and_device_2024_q3",
    "/var/backups/postgres/orders-2024-10-01T030000Z.dump.gz",
    "Daily full backups at 02:00, kept 30 days, restored every month; encrypted with AES-256.",
    "A bearer token stands in the header; Basic authentication is refused.",
    "Redis keys are session:{token}:user; the API key is shown once and kept as a hash.",
    "| Role | Rights | Used by |\n|---|---|---|\n| app_rw | SELECT, INSERT on token | API |",
    "pytest==8.3.3, passlib[argon2]==1.7.4, python-jose 3.3.0",
    "compass: N1E2, bypass: proxy-01, keypass",
]


@pytest.mark.parametrize("text", [*ORDINARY, *(f"{entry.label}: {entry.hint}" for entry in CATALOGUE)])
def test_what_is_no_secret_passes(text: str) -> None:
    assert secret_in(text) == ""


PIECES = [
    "eyJ",
    "password",
    "=",
    ":",
    "://",
    "@",
    "-----BEGIN ",
    "a1",
    "token",
    " ",
    "\n",
    "'",
    "$",
    "SG.",
    "mysql -p",
    " is ",
    "hvs.",
    "sk-proj-",
    ".",
    "A",
    "-",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4), st.integers(1, 3000))
def test_any_repetition_is_read_to_its_end(pieces: list[str], times: int) -> None:
    assert isinstance(secret_in("".join(pieces) * times), str)


@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    assert isinstance(secret_in(text), str)
