#include "CHiredis.h"

#include <hiredis/hiredis.h>
#include <hiredis/read.h>
#include <stdlib.h>
#include <string.h>

/* Arrays that one unusual reply made large are not kept for the usual small ones. */
enum { KEPT_BYTES_MAX = 256 * 1024, KEPT_ELEMENTS_MAX = 16 * 1024 };

struct viva_reply_reader {
    redisReader *parser;
    viva_reply_limits limits;

    /* The reply under construction; it may take many feeds to complete. */
    viva_reply_element *elements;
    size_t element_count, element_capacity;
    uint8_t *bytes;
    size_t byte_count, byte_capacity;

    /* It was handed out: the arrays start anew when the next one is asked for. */
    int is_complete;

    /* Set instead of hiredis' own "out of memory" when a limit stopped it; static text. */
    const char *limit_error;
};

/* MARK: Collecting elements. Each function returns the reader as hiredis' object, which only has to
 * differ from NULL, or NULL to make hiredis stop. */

static void *append(const redisReadTask *task, viva_reply_kind kind, int64_t value, size_t length) {
    viva_reply_reader *reader = task->privdata;
    if (reader->element_count == reader->limits.elements_max) {
        reader->limit_error = "reply with too many elements";
        return NULL;
    }
    if (reader->element_count == reader->element_capacity) {
        size_t capacity = reader->element_capacity ? reader->element_capacity * 2 : 16;
        viva_reply_element *elements = realloc(reader->elements, capacity * sizeof *elements);
        if (elements == NULL) return NULL;
        reader->elements = elements;
        reader->element_capacity = capacity;
    }
    reader->elements[reader->element_count++] =
        (viva_reply_element){.value = value, .length = (uint32_t)length, .kind = kind};
    return reader;
}

static int reserve_bytes(viva_reply_reader *reader, size_t count) {
    size_t needed = reader->byte_count + count;
    if (needed <= reader->byte_capacity) return 0;
    size_t capacity = reader->byte_capacity ? reader->byte_capacity : 512;
    while (capacity < needed) capacity *= 2;
    uint8_t *bytes = realloc(reader->bytes, capacity);
    if (bytes == NULL) return -1;
    reader->bytes = bytes;
    reader->byte_capacity = capacity;
    return 0;
}

static void *collect_string(const redisReadTask *task, char *text, size_t length) {
    viva_reply_reader *reader = task->privdata;
    if (length > reader->limits.bytes_max - reader->byte_count) {
        reader->limit_error = "reply with too many bytes";
        return NULL;
    }
    if (reserve_bytes(reader, length) != 0) return NULL;
    size_t start = reader->byte_count;
    if (length > 0) memcpy(reader->bytes + start, text, length);
    reader->byte_count += length;
    int is_error = task->type == REDIS_REPLY_ERROR;
    return append(task, is_error ? VIVA_REPLY_ERROR : VIVA_REPLY_STRING, (int64_t)start, length);
}

/* The type of the count is what differs between hiredis 0.14 and 1.0. */
#if HIREDIS_MAJOR >= 1
static void *collect_array(const redisReadTask *task, size_t count) {
#else
static void *collect_array(const redisReadTask *task, int count) {
#endif
    viva_reply_reader *reader = task->privdata;
    size_t depth = 1;
    for (const redisReadTask *outer = task->parent; outer != NULL; outer = outer->parent) depth++;
    if (depth > reader->limits.depth_max) {
        reader->limit_error = "reply nested too deep";
        return NULL;
    }
    /* Its elements are not here yet, so this announces an excess early and guards the cast. */
    if ((size_t)count > reader->limits.elements_max) {
        reader->limit_error = "reply with too many elements";
        return NULL;
    }
    return append(task, VIVA_REPLY_ARRAY, 0, (size_t)count);
}

static void *collect_integer(const redisReadTask *task, long long value) {
    return append(task, VIVA_REPLY_INTEGER, value, 0);
}

static void *collect_null(const redisReadTask *task) {
    return append(task, VIVA_REPLY_NULL, 0, 0);
}

/* The elements belong to the reader, not to hiredis. */
static void keep_object(void *object) {
    (void)object;
}

/* hiredis never writes to it, though its type does not say so. */
static redisReplyObjectFunctions functions = {
    .createString = collect_string,
    .createArray = collect_array,
    .createInteger = collect_integer,
    .createNil = collect_null,
    .freeObject = keep_object,
};

/* MARK: The reader */

viva_reply_reader *viva_reply_reader_create(viva_reply_limits limits) {
    viva_reply_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL) return NULL;
    reader->parser = redisReaderCreateWithFunctions(&functions);
    if (reader->parser == NULL) {
        free(reader);
        return NULL;
    }
    reader->parser->privdata = reader;
    reader->limits = limits;
    if (reader->limits.bytes_max > UINT32_MAX) reader->limits.bytes_max = UINT32_MAX;
    if (reader->limits.elements_max > UINT32_MAX) reader->limits.elements_max = UINT32_MAX;
    return reader;
}

void viva_reply_reader_free(viva_reply_reader *reader) {
    if (reader == NULL) return;
    redisReaderFree(reader->parser);
    free(reader->elements);
    free(reader->bytes);
    free(reader);
}

static void start_anew(viva_reply_reader *reader) {
    reader->is_complete = 0;
    reader->element_count = 0;
    reader->byte_count = 0;
    if (reader->element_capacity > KEPT_ELEMENTS_MAX) {
        free(reader->elements);
        reader->elements = NULL;
        reader->element_capacity = 0;
    }
    if (reader->byte_capacity > KEPT_BYTES_MAX) {
        free(reader->bytes);
        reader->bytes = NULL;
        reader->byte_capacity = 0;
    }
}

int viva_reply_reader_feed(viva_reply_reader *reader, const void *bytes, size_t count) {
    redisReader *parser = reader->parser;
    if (reader->limit_error != NULL || parser->err != 0) return -1;
    if (redisReaderFeed(parser, bytes, count) != REDIS_OK) return -1;
    return 0;
}

viva_read_result viva_reply_reader_next(viva_reply_reader *reader, viva_reply *reply) {
    redisReader *parser = reader->parser;
    if (reader->limit_error != NULL || parser->err != 0) return VIVA_READ_FAILED;
    if (reader->is_complete) start_anew(reader);

    void *object = NULL;
    if (redisReaderGetReply(parser, &object) != REDIS_OK) return VIVA_READ_FAILED;
    if (object == NULL) {
        /* What stays unparsed is one string that has not arrived whole: it would grow with it. */
        if (parser->len - parser->pos > reader->limits.bytes_max + 64) {
            reader->limit_error = "reply with too many bytes";
            return VIVA_READ_FAILED;
        }
        return VIVA_READ_INCOMPLETE;
    }
    reader->is_complete = 1;
    *reply = (viva_reply){
        .elements = reader->elements,
        .element_count = reader->element_count,
        .bytes = reader->bytes,
        .byte_count = reader->byte_count,
    };
    return VIVA_READ_REPLY;
}

const char *viva_reply_reader_error(const viva_reply_reader *reader) {
    return reader->limit_error != NULL ? reader->limit_error : reader->parser->errstr;
}
