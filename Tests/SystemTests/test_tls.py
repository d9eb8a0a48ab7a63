"""nginx with a certificate, whose authority tells for how long it holds."""

import base64
import http.client
import http.server
import re
import ssl
import subprocess
import threading
import time
import urllib.parse

import aiohttp
import pytest

from viva import Deployment
from viva.deployment import free_ports


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    with Authority(tmp_path_factory.mktemp("authority")) as authority:
        yield authority


@pytest.fixture(scope="module")
def deployment(authority, tmp_path_factory):
    files = {"tls_certificate": authority.directory / "chain.pem", "tls_key": authority.directory / "key.pem"}
    with Deployment(tmp_path_factory.mktemp("tls"), gateways=1, owners=1, **files) as deployment:
        yield deployment


class Authority:
    """One certificate for localhost, its issuer's, and a responder that speaks for it (OCSP, RFC 6960)."""

    def __init__(self, directory):
        self.directory = directory
        self.one_at_a_time = threading.Lock()
        self.port = free_ports() + 24  # the last of a deployment's, which needs fewer

    def __enter__(self):
        name = ["-subj", "/CN=Viva's tests", "-keyout", "authority-key.pem", "-out", "authority.pem"]
        self.openssl("req", "-x509", *EC, "-days", "2", "-addext", "keyUsage=keyCertSign,digitalSignature", *name)
        self.openssl("req", *EC, "-subj", "/CN=localhost", "-keyout", "key.pem", "-out", "request.pem")
        (self.directory / "index.txt").touch()
        (self.directory / "ca.cnf").write_text(CONFIGURATION.format(port=self.port))
        self.openssl("ca", "-batch", "-config", "ca.cnf", "-in", "request.pem", "-out", "certificate.pem", "-notext")
        chain = [(self.directory / name).read_text() for name in ("certificate.pem", "authority.pem")]
        (self.directory / "chain.pem").write_text("".join(chain))
        self.responder = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), self.Responder)
        self.responder.authority = self
        threading.Thread(target=self.responder.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.responder.shutdown()
        self.responder.server_close()

    class Responder(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            request = base64.b64decode(urllib.parse.unquote(self.path[1:]))
            self.send_response(200)
            self.send_header("Content-Type", "application/ocsp-response")
            self.end_headers()
            self.wfile.write(self.server.authority.word_on(request))

        def log_message(self, *_):
            pass

    def word_on(self, request):
        signer = ["-rsigner", "authority.pem", "-rkey", "authority-key.pem", "-ndays", "1"]
        files = ["-reqin", "question", "-respout", "answer"]
        # nginx' workers may ask at the same time.
        with self.one_at_a_time:
            (self.directory / "question").write_bytes(request)
            self.openssl("ocsp", "-index", "index.txt", "-CA", "authority.pem", *signer, *files)
            return (self.directory / "answer").read_bytes()

    def openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.directory, check=True, capture_output=True)


EC = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
CONFIGURATION = """
[ca]
default_ca = own
[own]
database = index.txt
rand_serial = yes
new_certs_dir = .
certificate = authority.pem
private_key = authority-key.pem
default_md = sha256
default_days = 2
policy = any
x509_extensions = extensions
[any]
commonName = supplied
[extensions]
subjectAltName = DNS:localhost,IP:127.0.0.1
authorityInfoAccess = OCSP;URI:http://127.0.0.1:{port}
"""


def handshake(deployment, *arguments):
    """What OpenSSL's own client sees of it."""
    address = f"127.0.0.1:{deployment.settings['http_port']}"
    command = ["openssl", "s_client", "-connect", address, "-servername", "localhost", *arguments]
    ran = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=20, check=False)
    return (ran.stdout + ran.stderr).decode(errors="replace")


@pytest.fixture
def trusting(authority):
    return ssl.create_default_context(cafile=authority.directory / "authority.pem")


async def test_over_tls_it_is_ready_and_browsers_shall_stay_with_tls(deployment, trusting):
    address = deployment.url.replace("http:", "https:") + "/api/ready"
    async with aiohttp.request("GET", address, ssl=trusting) as response:
        assert response.status == 200
        assert response.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_browser_that_speaks_http_2_gets_it(deployment):
    assert "ALPN protocol: h2" in handshake(deployment, "-alpn", "h2,http/1.1")


@pytest.mark.parametrize("version", ["-tls1_2", "-tls1_3"])
def test_tls_is_spoken_in(deployment, version):
    assert re.search(r"Cipher is (TLS_|ECDHE-)", handshake(deployment, version))


@pytest.mark.parametrize(
    "old",
    [
        ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"],
        ["-tls1_2", "-cipher", "AES128-GCM-SHA256"],
        ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA"],
    ],
    ids=" ".join,
)
def test_what_is_weak_is_refused(deployment, old):
    assert "Cipher is (NONE)" in handshake(deployment, *old)


def test_the_authority_s_word_comes_with_the_certificate(deployment):
    # nginx asks for it when the first browser comes, and does not let that one wait.
    deadline = time.monotonic() + 20
    while "OCSP Response Status: successful" not in (seen := handshake(deployment, "-status")):
        assert time.monotonic() < deadline, seen
    assert "Cert Status: good" in seen


def test_whoever_speaks_plainly_to_it_is_told_as_much(deployment):
    connection = http.client.HTTPConnection("127.0.0.1", deployment.settings["http_port"], timeout=10)
    connection.request("GET", "/")
    assert connection.getresponse().status == 400
