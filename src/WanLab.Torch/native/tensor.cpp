#include "bridge.h"

#include <ATen/ops/from_blob.h>

#include <atomic>

using wanlab::guarded;
using wanlab::wrap;

namespace {
std::atomic<int64_t> live{0};

int32_t pack(c10::Device device) {
    return static_cast<int32_t>(device.type()) << 8 | (device.index() + 1);
}
} // namespace

wl_tensor wanlab::wrap(at::Tensor value) {
    auto* handle = new wl_tensor_impl{std::move(value)};
    live.fetch_add(1, std::memory_order_relaxed);
    return handle;
}

int32_t wl_tensor_from_memory(void* data, const int64_t* sizes, int32_t rank, int32_t dtype,
                              void (*release)(void*), void* context, wl_tensor* out) {
    return guarded([&] {
        auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype));
        at::IntArrayRef shape(sizes, static_cast<size_t>(rank));
        *out = wrap(release
            ? at::from_blob(data, shape, [release, context](void*) { release(context); }, options)
            : at::from_blob(data, shape, options).clone());
    });
}

int32_t wl_tensor_free(wl_tensor t) {
    return guarded([&] {
        delete t;
        live.fetch_sub(1, std::memory_order_relaxed);
    });
}

int32_t wl_tensor_info(wl_tensor t, int32_t* dtype, int32_t* device, int32_t* rank, int64_t* numel) {
    return guarded([&] {
        *dtype = static_cast<int32_t>(t->value.scalar_type());
        *device = pack(t->value.device());
        *rank = static_cast<int32_t>(t->value.dim());
        *numel = t->value.numel();
    });
}

int32_t wl_tensor_sizes(wl_tensor t, int64_t* sizes) {
    return guarded([&] {
        for (auto size : t->value.sizes()) *sizes++ = size;
    });
}

int32_t wl_tensor_data(wl_tensor t, void** data, int32_t* contiguous) {
    return guarded([&] {
        *data = t->value.data_ptr();
        *contiguous = t->value.is_contiguous();
    });
}

int32_t wl_live_tensors(int64_t* count) {
    *count = live.load(std::memory_order_relaxed);
    return WL_OK;
}
