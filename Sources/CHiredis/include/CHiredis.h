/* Reads Redis' replies with hiredis' parser, and hands each on as one flat list.
 *
 * hiredis calls back once per element; collecting the elements here, instead of building a tree of
 * redisReply objects, makes a reply two growing arrays that are used again for the next one: no
 * allocation per element, and one call across the border per reply. Nothing here does I/O. */

#ifndef CHIREDIS_H
#define CHIREDIS_H

#include <stddef.h>
#include <stdint.h>

typedef enum {
    VIVA_REPLY_NULL = 0,
    VIVA_REPLY_INTEGER = 1, /* value */
    VIVA_REPLY_STRING = 2,  /* bytes[value ..< value + length] */
    VIVA_REPLY_ERROR = 3,   /* likewise */
    VIVA_REPLY_ARRAY = 4,   /* `length` elements follow, each with what is inside it */
} viva_reply_kind;

typedef struct {
    int64_t value;
    uint32_t length;
    viva_reply_kind kind;
} viva_reply_element;

/* One whole reply, elements in the order in which they stand on the wire. */
typedef struct {
    const viva_reply_element *elements;
    size_t element_count;
    const uint8_t *bytes;
    size_t byte_count;
} viva_reply;

typedef struct {
    size_t bytes_max;    /* of one reply, and of what has arrived of an incomplete one */
    size_t elements_max; /* of one reply, nested ones included */
    size_t depth_max;    /* arrays within arrays; hiredis itself stops at nine or earlier */
} viva_reply_limits;

typedef enum {
    VIVA_READ_REPLY = 0,      /* a whole reply was read */
    VIVA_READ_INCOMPLETE = 1, /* nothing wrong, more bytes are needed */
    VIVA_READ_FAILED = 2,     /* a limit, the protocol or memory: the reader is of no further use */
} viva_read_result;

typedef struct viva_reply_reader viva_reply_reader;

/* A new reader, or NULL when memory is short. The caller owns it and frees it. */
viva_reply_reader *viva_reply_reader_create(viva_reply_limits limits);

/* Frees the reader and everything it lent. NULL is allowed. */
void viva_reply_reader_free(viva_reply_reader *reader);

/* Copies `count` bytes into the reader; the caller keeps its own. Returns 0, or -1 when the reader
 * has failed, now or before. Replies read earlier stay valid. */
int viva_reply_reader_feed(viva_reply_reader *reader, const void *bytes, size_t count);

/* Reads the next reply out of what was fed. On VIVA_READ_REPLY `*reply` points into the reader and
 * is valid until the next call of this function or of free; otherwise it is untouched. */
viva_read_result viva_reply_reader_next(viva_reply_reader *reader, viva_reply *reply);

/* Why the reader failed, or an empty string. Owned by the reader, valid as long as it. */
const char *viva_reply_reader_error(const viva_reply_reader *reader);

#endif
