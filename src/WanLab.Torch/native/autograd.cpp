#include "bridge.h"

#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>

using wanlab::guarded;
using wanlab::wrap;

int32_t wl_grad_mode(int32_t enabled, int32_t* before) {
    return guarded([&] {
        *before = c10::GradMode::is_enabled();
        c10::GradMode::set_enabled(enabled != 0);
    });
}

int32_t wl_set_requires_grad(wl_tensor t, int32_t value) {
    return guarded([&] { t->value.set_requires_grad(value != 0); });
}

int32_t wl_requires_grad(wl_tensor t, int32_t* value) {
    return guarded([&] { *value = t->value.requires_grad(); });
}

int32_t wl_get_grad(wl_tensor t, wl_tensor* out) {
    return guarded([&] {
        const auto& grad = t->value.grad();
        *out = grad.defined() ? wrap(grad) : nullptr;
    });
}

int32_t wl_set_grad(wl_tensor t, wl_tensor grad) {
    return guarded([&] { t->value.mutable_grad() = grad ? grad->value : at::Tensor(); });
}

int32_t wl_backward(const wl_tensor* roots, const wl_tensor* gradients, int32_t n) {
    return guarded([&] {
        torch::autograd::variable_list outputs, seeds;
        for (int32_t k = 0; k < n; k++) {
            outputs.push_back(roots[k]->value);
            seeds.push_back(gradients[k] ? gradients[k]->value : at::Tensor());
        }
        torch::autograd::backward(outputs, seeds);
    });
}
