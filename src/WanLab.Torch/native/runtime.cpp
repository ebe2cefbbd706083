#include "bridge.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <torch/cuda.h>
#ifdef WANLAB_CUDA
#include <c10/cuda/CUDACachingAllocator.h>
#endif

#include <dlfcn.h>
#include <malloc.h>

using wanlab::guarded;

namespace {
// glibc returns large blocks to the system on every free and allocates them again, page fault by page fault, on the next
// allocation. Activations of the same sizes come and go all the time, so the blocks are kept. All threads share one arena,
// because the arenas of single threads are given back in any case.
[[maybe_unused]] const bool keeps_freed_memory = [] {
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_ARENA_MAX, 1);
    return true;
}();

// By default libtorch lets convolutions use TF32; here float32 is meant to be float32.
[[maybe_unused]] const bool is_exact = wl_allow_tf32(0) == WL_OK;
} // namespace

int32_t wl_generator_new(uint64_t seed, wl_generator* out) {
    return guarded([&] { *out = new wl_generator_impl{at::detail::createCPUGenerator(seed)}; });
}

int32_t wl_generator_free(wl_generator g) {
    return guarded([&] { delete g; });
}

int32_t wl_set_threads(int32_t n) {
    return guarded([&] {
        at::set_num_threads(n);
        // OpenBLAS built on pthreads keeps a thread pool of its own that libtorch does not know.
        using Setter = void (*)(int);
        if (auto set = reinterpret_cast<Setter>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(n);
    });
}

int32_t wl_get_threads(int32_t* n) {
    return guarded([&] { *n = at::get_num_threads(); });
}

int32_t wl_allow_tf32(int32_t allowed) {
    return guarded([&] {
        at::globalContext().setAllowTF32CuDNN(allowed != 0);
        at::globalContext().setAllowTF32CuBLAS(allowed != 0);
    });
}

int32_t wl_cuda_count(int32_t* n) {
    return guarded([&] { *n = static_cast<int32_t>(torch::cuda::device_count()); });
}

int32_t wl_cuda_memory(int32_t device, int64_t* allocated, int64_t* peak) {
    return guarded([&] {
#ifdef WANLAB_CUDA
        auto stats = c10::cuda::CUDACachingAllocator::getDeviceStats(static_cast<c10::DeviceIndex>(device));
        *allocated = stats.allocated_bytes[0].current;
        *peak = stats.allocated_bytes[0].peak;
#else
        (void)device;
        *allocated = *peak = 0;
        throw std::runtime_error("this bridge was built without CUDA memory statistics (no cuda_runtime_api.h found)");
#endif
    });
}
