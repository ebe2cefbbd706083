// The C face of SentencePiece for WanLab. One model is immutable once loaded and may be used by many threads.
//
// Every function that can fail returns 0 for success and 1 for failure; wanlab_spm_last_error() then holds the
// reason, for the calling thread, until its next failing call.
#ifndef WANLAB_SENTENCEPIECE_H
#define WANLAB_SENTENCEPIECE_H

#include <stdint.h>

#define WANLAB_API __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

typedef struct wanlab_spm wanlab_spm;

// Sizes and special ids of a model; an id is -1 where the model has no such piece.
typedef struct wanlab_spm_info {
    int32_t pieces;
    int32_t pad;
    int32_t eos;
    int32_t bos;
    int32_t unk;
} wanlab_spm_info;

// Load a model. The caller owns *out and frees it with wanlab_spm_free. The bytes are copied.
WANLAB_API int32_t wanlab_spm_load_file(const char* path, wanlab_spm** out);
WANLAB_API int32_t wanlab_spm_load_bytes(const uint8_t* data, int64_t size, wanlab_spm** out);
WANLAB_API void wanlab_spm_free(wanlab_spm* model);

WANLAB_API int32_t wanlab_spm_describe(const wanlab_spm* model, wanlab_spm_info* out);

// UTF-8 text to ids, without special pieces. The caller frees *ids with wanlab_spm_free_buffer.
WANLAB_API int32_t wanlab_spm_encode(const wanlab_spm* model, const uint8_t* text, int64_t size,
                                     int32_t** ids, int64_t* count);

// Ids to UTF-8 text. The caller frees *text with wanlab_spm_free_buffer. Fails on an id outside the model.
WANLAB_API int32_t wanlab_spm_decode(const wanlab_spm* model, const int32_t* ids, int64_t count,
                                     uint8_t** text, int64_t* size);

WANLAB_API void wanlab_spm_free_buffer(void* buffer);

WANLAB_API const char* wanlab_spm_last_error(void);

#ifdef __cplusplus
}
#endif
#endif
