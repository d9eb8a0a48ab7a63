#include "TLSSession.h"

#include <limits.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct viva_tls_session {
    SSL *ssl;
    BIO *incoming; /* ciphertext from the network; owned by ssl, like the next */
    BIO *outgoing; /* ciphertext for the network */
    char error[256];
};

/* MARK: Context */

/* Takes the first error off this thread's queue as text, and clears the rest. */
static void describe_error(char *out, size_t size) {
    unsigned long code = ERR_get_error();
    const char *reason = code != 0 ? ERR_reason_error_string(code) : NULL;
    snprintf(out, size, "%s", reason != NULL ? reason : "unknown error");
    ERR_clear_error();
}

viva_tls_context *viva_tls_context_create(const char *ca_file, char *error, size_t error_size) {
    ERR_clear_error();
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    int ok = context != NULL && SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1;
    if (ok && ca_file != NULL) ok = SSL_CTX_load_verify_locations(context, ca_file, NULL) == 1;
    if (ok && ca_file == NULL) ok = SSL_CTX_set_default_verify_paths(context) == 1;
    if (!ok) {
        describe_error(error, error_size);
        SSL_CTX_free(context);
        return NULL;
    }
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    /* A write must not have to wait for a read, as it would in the middle of a renegotiation. */
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
    /* An idle connection then costs two buffers less. */
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    return (viva_tls_context *)context;
}

void viva_tls_context_free(viva_tls_context *context) {
    SSL_CTX_free((SSL_CTX *)context);
}

/* MARK: Session */

/* Names the peer that is meant: an address is compared with the certificate's addresses and is not
 * sent as server name, which RFC 6066 reserves for DNS names. Returns 1, or 0 on failure. */
static int expect_host(SSL *ssl, const char *host) {
    if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host) == 1) return 1;
    ERR_clear_error();
    SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return SSL_set1_host(ssl, host) == 1 && SSL_set_tlsext_host_name(ssl, host) == 1;
}

viva_tls_session *viva_tls_session_create(viva_tls_context *context, const char *host) {
    viva_tls_session *session = calloc(1, sizeof *session);
    if (session == NULL) return NULL;
    session->ssl = SSL_new((SSL_CTX *)context);
    session->incoming = BIO_new(BIO_s_mem());
    session->outgoing = BIO_new(BIO_s_mem());
    if (session->ssl == NULL || session->incoming == NULL || session->outgoing == NULL) {
        BIO_free(session->incoming);
        BIO_free(session->outgoing);
        SSL_free(session->ssl);
        free(session);
        return NULL;
    }
    SSL_set_bio(session->ssl, session->incoming, session->outgoing);
    SSL_set_connect_state(session->ssl);
    /* An empty host would be compared with nothing, and every certificate accepted. */
    if (host == NULL || host[0] == '\0' || !expect_host(session->ssl, host)) {
        viva_tls_session_free(session);
        return NULL;
    }
    return session;
}

void viva_tls_session_free(viva_tls_session *session) {
    if (session == NULL) return;
    SSL_free(session->ssl);
    free(session);
}

/* Turns the outcome of an SSL_ call into ours, keeping the reason of a failure. A certificate that
 * was refused has the more telling text in the verification result. */
static int outcome(viva_tls_session *session, int result) {
    switch (SSL_get_error(session->ssl, result)) {
    case SSL_ERROR_WANT_READ:
        return VIVA_TLS_AGAIN;
    case SSL_ERROR_ZERO_RETURN:
        return VIVA_TLS_CLOSED;
    default: {
        long verified = SSL_get_verify_result(session->ssl);
        describe_error(session->error, sizeof session->error);
        if (verified != X509_V_OK) {
            snprintf(session->error, sizeof session->error, "%s",
                     X509_verify_cert_error_string(verified));
        }
        return VIVA_TLS_FAILED;
    }
    }
}

int viva_tls_session_handshake(viva_tls_session *session) {
    ERR_clear_error();
    int result = SSL_do_handshake(session->ssl);
    if (result == 1) return 1;
    int ours = outcome(session, result);
    if (ours != VIVA_TLS_CLOSED) return ours;
    snprintf(session->error, sizeof session->error, "peer closed during the handshake");
    return VIVA_TLS_FAILED;
}

int viva_tls_session_feed(viva_tls_session *session, const void *bytes, size_t count) {
    const char *next = bytes;
    while (count > 0) {
        int piece = count > INT_MAX ? INT_MAX : (int)count;
        int written = BIO_write(session->incoming, next, piece);
        if (written <= 0) return VIVA_TLS_FAILED;
        next += written;
        count -= (size_t)written;
    }
    return 0;
}

size_t viva_tls_session_pending(viva_tls_session *session) {
    return BIO_ctrl_pending(session->outgoing);
}

size_t viva_tls_session_drain(viva_tls_session *session, void *out, size_t capacity) {
    int piece = capacity > INT_MAX ? INT_MAX : (int)capacity;
    int count = BIO_read(session->outgoing, out, piece);
    return count > 0 ? (size_t)count : 0;
}

long viva_tls_session_read(viva_tls_session *session, void *out, size_t capacity) {
    ERR_clear_error();
    int piece = capacity > INT_MAX ? INT_MAX : (int)capacity;
    int count = SSL_read(session->ssl, out, piece);
    return count > 0 ? count : outcome(session, count);
}

int viva_tls_session_write(viva_tls_session *session, const void *bytes, size_t count) {
    const char *next = bytes;
    while (count > 0) {
        ERR_clear_error();
        int piece = count > INT_MAX ? INT_MAX : (int)count;
        /* The outgoing memory takes everything, so a write is whole or has failed. */
        int written = SSL_write(session->ssl, next, piece);
        if (written <= 0) {
            outcome(session, written);
            return VIVA_TLS_FAILED;
        }
        next += written;
        count -= (size_t)written;
    }
    return 0;
}

void viva_tls_session_shutdown(viva_tls_session *session) {
    ERR_clear_error();
    SSL_shutdown(session->ssl);
    ERR_clear_error();
}

const char *viva_tls_session_error(const viva_tls_session *session) {
    return session->error;
}
