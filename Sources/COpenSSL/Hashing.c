#include "COpenSSL.h"

#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

int viva_hmac_sha256(
    const void *key, size_t key_count, const void *message, size_t message_count, uint8_t *out) {
    if (key_count > INT_MAX) return -1;
    unsigned int length = 0;
    const uint8_t *digest =
        HMAC(EVP_sha256(), key, (int)key_count, message, message_count, out, &length);
    return digest != NULL && length == 32 ? 0 : -1;
}

int viva_sha1(const void *message, size_t message_count, uint8_t *out) {
    unsigned int length = 0;
    int ok = EVP_Digest(message, message_count, out, &length, EVP_sha1(), NULL);
    return ok == 1 && length == 20 ? 0 : -1;
}

int viva_random_bytes(void *out, size_t count) {
    if (count > INT_MAX) return -1;
    return RAND_bytes(out, (int)count) == 1 ? 0 : -1;
}

int viva_equal_in_constant_time(const void *left, const void *right, size_t count) {
    return CRYPTO_memcmp(left, right, count) == 0;
}
