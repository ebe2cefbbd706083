// wanlab::lora_linear: a frozen linear layer and its low-rank update in one autograd node.
// It keeps only x for backward and is composed of plain operators, so it runs on every device.
#include "optional.h"

#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <ATen/ATen.h>

namespace {

using at::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// x: [..., in], w: [out, in], b: [out], a: [rank, in], u: [out, rank] -> [..., out]
struct LoraLinear : torch::autograd::Function<LoraLinear> {
    static Tensor forward(AutogradContext* ctx, const Tensor& x, const Tensor& w, const wanlab::optional<Tensor>& b,
                          const Tensor& a, const Tensor& u, double scale) {
        ctx->save_for_backward({x, w, a, u});
        ctx->saved_data["scale"] = scale;
        auto rows = x.reshape({-1, x.size(-1)});
        auto y = b && b->defined() ? at::addmm(*b, rows, w.t()) : at::mm(rows, w.t());
        y.addmm_(at::mm(rows, a.to(x.scalar_type()).t()), u.to(x.scalar_type()).t(), 1, scale);
        auto sizes = x.sizes().vec();
        sizes.back() = w.size(0);
        return y.view(sizes);
    }

    static variable_list backward(AutogradContext* ctx, variable_list grads) {
        auto saved = ctx->get_saved_variables();
        const auto &x = saved[0], &w = saved[1], &a = saved[2], &u = saved[3];
        double scale = ctx->saved_data["scale"].toDouble();
        auto type = x.scalar_type();
        auto rows = x.reshape({-1, x.size(-1)});
        auto g = grads[0].reshape({-1, grads[0].size(-1)});
        auto a_ = a.to(type);
        auto t = at::mm(g, u.to(type)).mul_(scale); // [rows, rank]
        Tensor dx, da, du;
        if (x.requires_grad()) {
            dx = at::mm(g, w);
            dx.addmm_(t, a_);
            dx = dx.view(x.sizes());
        }
        if (a.requires_grad()) da = at::mm(t.t(), rows).to(a.scalar_type());
        if (u.requires_grad()) du = at::mm(g.t(), at::mm(rows, a_.t())).mul_(scale).to(u.scalar_type());
        return {dx, Tensor(), Tensor(), da, du, Tensor()};
    }
};

Tensor lora_linear(const Tensor& x, const Tensor& w, const wanlab::optional<Tensor>& b, const Tensor& a, const Tensor& u, double scale) {
    return LoraLinear::apply(x, w, b, a, u, scale);
}

} // namespace

TORCH_LIBRARY_FRAGMENT(wanlab, m) {
    m.def("lora_linear(Tensor x, Tensor weight, Tensor? bias, Tensor down, Tensor up, float scale) -> Tensor", lora_linear);
}
