// Definitions that the bridge's own files share: handles and the guard around every entry point.
#pragma once

#include "wanlab_torch.h"

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>
#include <c10/util/Exception.h>

#include <cstring>
#include <exception>
#include <new>

struct wl_tensor_impl {
    at::Tensor value;
};

struct wl_generator_impl {
    at::Generator value;
};

namespace wanlab {

wl_tensor wrap(at::Tensor value);
int32_t fail(int32_t status, const char* message);

// Runs body and turns every C++ exception into a status: none may propagate into managed code.
template <typename Body>
int32_t guarded(Body&& body) noexcept {
    try {
        body();
        return WL_OK;
    } catch (const c10::OutOfMemoryError& e) {
        return fail(WL_OUT_OF_MEMORY, e.what_without_backtrace());
    } catch (const c10::Error& e) {
        // The allocator of the host throws no exception type of its own.
        const char* message = e.what_without_backtrace();
        return fail(std::strstr(message, "DefaultCPUAllocator") ? WL_OUT_OF_MEMORY : WL_ERROR, message);
    } catch (const std::bad_alloc&) {
        return fail(WL_OUT_OF_MEMORY, "out of host memory");
    } catch (const std::exception& e) {
        return fail(WL_ERROR, e.what());
    } catch (...) {
        return fail(WL_ERROR, "unknown C++ exception");
    }
}

} // namespace wanlab
