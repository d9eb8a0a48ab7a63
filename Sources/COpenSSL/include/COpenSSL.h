/* The parts of OpenSSL that Viva needs, as plain functions: hashing and randomness here, TLS over
 * memory in `TLSSession.h`. Nothing here does network I/O. */

#ifndef COPENSSL_H
#define COPENSSL_H

#include "TLSSession.h"

#include <stddef.h>
#include <stdint.h>

/* Writes HMAC-SHA-256 of the message under the key, 32 bytes, to `out`. Returns 0, or -1 when
 * OpenSSL fails. All memory stays the caller's. */
int viva_hmac_sha256(
    const void *key, size_t key_count, const void *message, size_t message_count, uint8_t *out);

/* Writes the SHA-1 of the message, 20 bytes, to `out`. Returns 0, or -1 when OpenSSL fails. Only
 * for what is named by its SHA-1 elsewhere: it protects nothing. */
int viva_sha1(const void *message, size_t message_count, uint8_t *out);

/* Fills `out` with bytes fit for secrets. Returns 0, or -1 when the system has no randomness. */
int viva_random_bytes(void *out, size_t count);

/* Whether both ranges of `count` bytes are equal, in a time that does not depend on their content. */
int viva_equal_in_constant_time(const void *left, const void *right, size_t count);

#endif
