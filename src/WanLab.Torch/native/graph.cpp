#include "bridge.h"

#ifdef WANLAB_CUDA
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAStream.h>

#include <memory>
#endif

using wanlab::guarded;

#ifdef WANLAB_CUDA

struct wl_graph_impl {
    at::cuda::CUDAGraph graph;
    c10::cuda::CUDAStream before = c10::cuda::getCurrentCUDAStream();
};

int32_t wl_graph_begin(wl_graph* out) {
    return guarded([&] {
        auto graph = std::make_unique<wl_graph_impl>();
        c10::cuda::device_synchronize();
        c10::cuda::setCurrentCUDAStream(c10::cuda::getStreamFromPool()); // the default stream cannot be recorded
        try {
            graph->graph.capture_begin();
        } catch (...) {
            c10::cuda::setCurrentCUDAStream(graph->before);
            throw;
        }
        *out = graph.release();
    });
}

int32_t wl_graph_end(wl_graph g) {
    return guarded([&] {
        try {
            g->graph.capture_end();
        } catch (...) {
            c10::cuda::setCurrentCUDAStream(g->before);
            throw;
        }
        c10::cuda::setCurrentCUDAStream(g->before);
    });
}

int32_t wl_graph_replay(wl_graph g) {
    return guarded([&] { g->graph.replay(); });
}

int32_t wl_graph_free(wl_graph g) {
    return guarded([&] { delete g; });
}

#else

namespace {
int32_t missing() { return wanlab::fail(WL_ERROR, "this bridge was built without CUDA graphs (no CUDA libtorch, or no cuda_runtime_api.h found)"); }
} // namespace

int32_t wl_graph_begin(wl_graph*) { return missing(); }
int32_t wl_graph_end(wl_graph) { return missing(); }
int32_t wl_graph_replay(wl_graph) { return missing(); }
int32_t wl_graph_free(wl_graph) { return missing(); }

#endif
