#include "bridge.h"

#include <torch/version.h>

#include <cstring>
#include <string>

namespace {
thread_local std::string last_error;
}

int32_t wanlab::fail(int32_t status, const char* message) {
    try {
        last_error = message;
    } catch (...) {
        last_error.clear();
    }
    return status;
}

int32_t wl_abi_version(void) { return 1; }

int32_t wl_last_error(const char** text, int64_t* length) {
    *text = last_error.c_str();
    *length = static_cast<int64_t>(last_error.size());
    return WL_OK;
}

int32_t wl_torch_version(const char** text, int64_t* length) {
    *text = TORCH_VERSION;
    *length = static_cast<int64_t>(std::strlen(TORCH_VERSION));
    return WL_OK;
}
