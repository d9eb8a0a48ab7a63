/* The client's side of TLS, between two memory buffers: ciphertext from the network is fed in and
 * drained out by whoever owns the socket. */

#ifndef TLS_SESSION_H
#define TLS_SESSION_H

#include <stddef.h>

/* What many sessions share: trusted authorities and the lowest version (TLS 1.2). */
typedef struct viva_tls_context viva_tls_context;
typedef struct viva_tls_session viva_tls_session;

enum {
    VIVA_TLS_AGAIN = 0,   /* nothing now: more ciphertext has to arrive first */
    VIVA_TLS_FAILED = -1, /* the session is of no further use; viva_tls_session_error says why */
    VIVA_TLS_CLOSED = -2, /* the peer ended the session properly; nothing follows */
};

/* A context that trusts the authorities in the PEM file, or the system's when `ca_file` is NULL.
 * Returns NULL on failure and then writes why to `error`, terminated. The caller frees it; sessions
 * keep it alive on their own. */
viva_tls_context *viva_tls_context_create(const char *ca_file, char *error, size_t error_size);
void viva_tls_context_free(viva_tls_context *context);

/* A session that accepts only a peer whose certificate is valid for `host`, a DNS name or an IP
 * address. Returns NULL when memory is short or the name is unusable. The caller frees it. */
viva_tls_session *viva_tls_session_create(viva_tls_context *context, const char *host);
void viva_tls_session_free(viva_tls_session *session);

/* Advances the handshake. Returns 1 when it is complete and the peer verified, VIVA_TLS_AGAIN or
 * VIVA_TLS_FAILED. Drain afterwards in every case: an alert may be waiting too. */
int viva_tls_session_handshake(viva_tls_session *session);

/* Copies ciphertext from the network in. Returns 0, or VIVA_TLS_FAILED when memory is short. */
int viva_tls_session_feed(viva_tls_session *session, const void *bytes, size_t count);

/* How many bytes of ciphertext wait to be sent. */
size_t viva_tls_session_pending(viva_tls_session *session);

/* Moves up to `capacity` bytes of waiting ciphertext to `out`; returns how many. */
size_t viva_tls_session_drain(viva_tls_session *session, void *out, size_t capacity);

/* Decrypts up to `capacity` bytes to `out`. Returns how many, or VIVA_TLS_AGAIN, _FAILED, _CLOSED.
 * It may make ciphertext to drain, such as the answer to a key update. */
long viva_tls_session_read(viva_tls_session *session, void *out, size_t capacity);

/* Encrypts `count` bytes, all of them; drain afterwards. Returns 0 or VIVA_TLS_FAILED. Only after
 * the handshake. */
int viva_tls_session_write(viva_tls_session *session, const void *bytes, size_t count);

/* Makes the alert that ends the session properly; drain and send it, then close. */
void viva_tls_session_shutdown(viva_tls_session *session);

/* Why the session failed, or an empty string. Owned by the session. */
const char *viva_tls_session_error(const viva_tls_session *session);

#endif
