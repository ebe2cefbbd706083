/* The whole C ABI between WanLab.Torch and libtorch.
 *
 * Every function returns a status: WL_OK, WL_ERROR or WL_OUT_OF_MEMORY; wl_last_error gives the message of
 * the calling thread's last failure. Tensors and generators that come out are new references which the caller
 * frees; those that go in are borrowed for the call. Enums and booleans are int32_t, sizes int64_t.
 * Any function may be called from any thread; grad mode is a property of the thread. */
#ifndef WANLAB_TORCH_H
#define WANLAB_TORCH_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define WL_API __attribute__((visibility("default")))

enum { WL_OK = 0, WL_ERROR = 1, WL_OUT_OF_MEMORY = 2 };

enum {
    WL_NONE = 0,
    WL_TENSOR = 1,      /* p: wl_tensor, 0 for an absent one */
    WL_INT = 2,         /* i; also dtypes and booleans given as numbers */
    WL_DOUBLE = 3,      /* d */
    WL_BOOL = 4,        /* i */
    WL_INT_LIST = 5,    /* p: int64_t[count] */
    WL_TENSOR_LIST = 6, /* p: wl_tensor[count] */
    WL_STRING = 7,      /* p: UTF-8, count bytes */
    WL_DEVICE = 8,      /* i: type << 8 | index + 1 (0: no index) */
    WL_GENERATOR = 9,   /* p: wl_generator */
    WL_DOUBLE_LIST = 10 /* p: double[count] */
};

typedef struct wl_tensor_impl* wl_tensor;
typedef struct wl_generator_impl* wl_generator;
typedef struct wl_graph_impl* wl_graph;
typedef struct wl_op_impl* wl_op; /* lives as long as the process */

typedef struct {
    int32_t tag;
    int32_t count;
    union {
        int64_t i;
        double d;
        const void* p;
    };
} wl_value;

/* Errors and versions */
WL_API int32_t wl_abi_version(void);
WL_API int32_t wl_last_error(const char** text, int64_t* length);
WL_API int32_t wl_torch_version(const char** text, int64_t* length);

/* Operators: by schema name and overload ("aten::add", "Tensor"). wl_op_find sets *op to 0 if there is none.
 * Missing trailing arguments take the schema's defaults. A list that an operator returns is spread over
 * the results; *count says how many were written, at most capacity. */
WL_API int32_t wl_op_find(const char* name, const char* overload, wl_op* op);
WL_API int32_t wl_op_call(wl_op op, const wl_value* args, int32_t n, wl_value* results, int32_t capacity, int32_t* count);

/* Tensors */
WL_API int32_t wl_tensor_from_memory(void* data, const int64_t* sizes, int32_t rank, int32_t dtype,
                                     void (*release)(void*), void* context, wl_tensor* out);
WL_API int32_t wl_tensor_free(wl_tensor t);
WL_API int32_t wl_tensor_info(wl_tensor t, int32_t* dtype, int32_t* device, int32_t* rank, int64_t* numel);
WL_API int32_t wl_tensor_sizes(wl_tensor t, int64_t* sizes);
WL_API int32_t wl_tensor_data(wl_tensor t, void** data, int32_t* contiguous);
WL_API int32_t wl_live_tensors(int64_t* count);

/* Autograd */
WL_API int32_t wl_grad_mode(int32_t enabled, int32_t* before);
WL_API int32_t wl_set_requires_grad(wl_tensor t, int32_t value);
WL_API int32_t wl_requires_grad(wl_tensor t, int32_t* value);
/* *out: the accumulated gradient, or 0 where there is none. */
WL_API int32_t wl_get_grad(wl_tensor t, wl_tensor* out);
/* Makes later backward passes add into the memory of grad; 0 clears. */
WL_API int32_t wl_set_grad(wl_tensor t, wl_tensor grad);
/* Accumulates into the leaves' gradients. gradients[k] may be 0 for a scalar root. */
WL_API int32_t wl_backward(const wl_tensor* roots, const wl_tensor* gradients, int32_t n);

/* CUDA graphs: what the calling thread starts between begin and end is recorded, not run. The tensors it reads and writes
 * keep their places: write into them before a replay, read from them after it. end finishes a failed recording too. */
WL_API int32_t wl_graph_begin(wl_graph* out);
WL_API int32_t wl_graph_end(wl_graph g);
WL_API int32_t wl_graph_replay(wl_graph g);
WL_API int32_t wl_graph_free(wl_graph g);

/* Random numbers, threads, devices */
WL_API int32_t wl_generator_new(uint64_t seed, wl_generator* out);
WL_API int32_t wl_generator_free(wl_generator g);
WL_API int32_t wl_set_threads(int32_t n);
WL_API int32_t wl_get_threads(int32_t* n);
/* Whether convolutions and matrix products of float32 may round their inputs to TF32 on CUDA; off at first. */
WL_API int32_t wl_allow_tf32(int32_t allowed);
WL_API int32_t wl_cuda_count(int32_t* n);
WL_API int32_t wl_cuda_memory(int32_t device, int64_t* allocated, int64_t* peak);

#ifdef __cplusplus
}
#endif
#endif
