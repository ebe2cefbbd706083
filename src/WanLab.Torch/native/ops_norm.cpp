// The normalisations of a Wan block, each in one pass over memory instead of six to ten, for the host.
// B batch, L tokens, D width, N heads, H head width. Math is float32; results are rounded where the official code rounds.
#include "optional.h"

#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <ATen/ATen.h>
#include <ATen/Dispatch.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace {

using at::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr int64_t grain = 8; // minimum number of rows per thread

// Calls body<T>() with the element type of t: float, bfloat16 or half.
template <typename Body>
void typed(const Tensor& t, Body&& body) {
    TORCH_CHECK(t.is_cpu(), "wanlab norms run on the host, got a tensor on ", t.device());
    if (t.scalar_type() == at::kFloat) return body(float());
    if (t.scalar_type() == at::kBFloat16) return body(c10::BFloat16());
    if (t.scalar_type() == at::kHalf) return body(c10::Half());
    TORCH_CHECK(false, "wanlab norms take float32, bfloat16 or float16, got ", t.scalar_type());
}

template <typename T>
void load(const T* from, float* to, int64_t n) {
    for (int64_t k = 0; k < n; k++) to[k] = static_cast<float>(from[k]);
}

template <typename T>
float rounded(float value) { return static_cast<float>(static_cast<T>(value)); }

// Sums are computed in double: a gradient that nearly cancels keeps its digits, and AdamW's first steps depend on its sign.
double sum(const float* x, int64_t n) {
    double s = 0;
#pragma omp simd reduction(+ : s)
    for (int64_t k = 0; k < n; k++) s += x[k];
    return s;
}

double dot(const float* x, const float* y, int64_t n) {
    double s = 0;
#pragma omp simd reduction(+ : s)
    for (int64_t k = 0; k < n; k++) s += static_cast<double>(x[k]) * y[k];
    return s;
}

Tensor wide(const Tensor& t) { return t.to(at::kFloat).contiguous(); }

// layer_norm(x) (1 + scale) + shift. x: [B, L, D]; scale, shift: [B, 1, D] float32.
struct ModulatedNorm : torch::autograd::Function<ModulatedNorm> {
    static Tensor forward(AutogradContext* ctx, const Tensor& x_, const Tensor& scale_, const Tensor& shift_, double eps, int64_t dtype) {
        auto x = x_.contiguous(), scale = wide(scale_), shift = wide(shift_);
        int64_t batch = x.size(0), tokens = x.size(1), d = x.size(2);
        TORCH_CHECK(scale.numel() == batch * d && shift.numel() == batch * d, "modulated_norm: scale and shift must be [B, 1, D]");
        auto out = at::empty(x.sizes(), x.options().dtype(static_cast<at::ScalarType>(dtype)));
        auto stats = at::empty({batch * tokens, 2}, x.options().dtype(at::kFloat)); // mean, 1 / deviation
        typed(x, [&](auto tx) {
            typed(out, [&](auto to) {
                using X = decltype(tx);
                using O = decltype(to);
                auto *px = x.data_ptr<X>();
                auto *po = out.data_ptr<O>();
                auto *pc = scale.data_ptr<float>(), *ps = shift.data_ptr<float>(), *pst = stats.data_ptr<float>();
                at::parallel_for(0, batch * tokens, grain, [&](int64_t begin, int64_t end) {
                    std::vector<float> row(d);
                    for (int64_t r = begin; r < end; r++) {
                        load(px + r * d, row.data(), d);
                        auto mean = static_cast<float>(sum(row.data(), d) / d);
                        for (int64_t k = 0; k < d; k++) row[k] -= mean;
                        auto inverse = static_cast<float>(1 / std::sqrt(dot(row.data(), row.data(), d) / d + eps));
                        pst[2 * r] = mean;
                        pst[2 * r + 1] = inverse;
                        const float *c = pc + r / tokens * d, *s = ps + r / tokens * d;
                        O* o = po + r * d;
                        for (int64_t k = 0; k < d; k++) o[k] = static_cast<O>(rounded<X>(row[k] * inverse) * (1 + c[k]) + s[k]);
                    }
                });
            });
        });
        ctx->save_for_backward({x, scale, stats});
        ctx->saved_data["scale_shape"] = scale_.sizes().vec();
        return out;
    }

    static variable_list backward(AutogradContext* ctx, variable_list grads) {
        auto saved = ctx->get_saved_variables();
        auto x = saved[0], scale = saved[1], stats = saved[2];
        auto g = grads[0].contiguous();
        int64_t batch = x.size(0), tokens = x.size(1), d = x.size(2);
        auto dx = at::empty_like(x);
        typed(x, [&](auto tx) {
            typed(g, [&](auto tg) {
                using X = decltype(tx);
                using G = decltype(tg);
                auto *px = x.data_ptr<X>(), *pdx = dx.data_ptr<X>();
                auto *pg = g.data_ptr<G>();
                auto *pc = scale.data_ptr<float>(), *pst = stats.data_ptr<float>();
                at::parallel_for(0, batch * tokens, grain, [&](int64_t begin, int64_t end) {
                    std::vector<float> xhat(d), gy(d);
                    for (int64_t r = begin; r < end; r++) {
                        load(px + r * d, xhat.data(), d);
                        load(pg + r * d, gy.data(), d);
                        const float* c = pc + r / tokens * d;
                        float mean = pst[2 * r], inverse = pst[2 * r + 1];
                        for (int64_t k = 0; k < d; k++) {
                            xhat[k] = (xhat[k] - mean) * inverse;
                            gy[k] *= 1 + c[k];
                        }
                        auto g_mean = static_cast<float>(sum(gy.data(), d) / d), gx_mean = static_cast<float>(dot(gy.data(), xhat.data(), d) / d);
                        X* o = pdx + r * d;
                        for (int64_t k = 0; k < d; k++) o[k] = static_cast<X>(inverse * (gy[k] - g_mean - xhat[k] * gx_mean));
                    }
                });
            });
        });
        Tensor dscale, dshift;
        if (ctx->needs_input_grad(1) || ctx->needs_input_grad(2)) { // only when the modulation itself is trained
            auto shape = ctx->saved_data["scale_shape"].toIntVector();
            auto st = stats.view({batch, tokens, 2});
            auto xhat = (x.to(at::kFloat) - st.select(2, 0).unsqueeze(2)) * st.select(2, 1).unsqueeze(2);
            auto gf = g.to(at::kFloat);
            dscale = (gf * xhat).sum(1, true).view(shape);
            dshift = gf.sum(1, true).view(shape);
        }
        return {dx, dscale, dshift, Tensor(), Tensor()};
    }
};

// The inverse root mean square of each row of x: [rows, D].
Tensor inverse_rms(const Tensor& x, double eps) {
    int64_t rows = x.numel() / x.size(-1), d = x.size(-1);
    auto result = at::empty({rows}, x.options().dtype(at::kFloat));
    typed(x, [&](auto tx) {
        using X = decltype(tx);
        auto* px = x.data_ptr<X>();
        auto* pr = result.data_ptr<float>();
        at::parallel_for(0, rows, grain, [&](int64_t begin, int64_t end) {
            std::vector<float> row(d);
            for (int64_t r = begin; r < end; r++) {
                load(px + r * d, row.data(), d);
                pr[r] = static_cast<float>(1 / std::sqrt(dot(row.data(), row.data(), d) / d + eps));
            }
        });
    });
    return result;
}

// Position of element k of token row r: x is [B, L, D]; with heads > 0 the other side is [B, N, L, H].
struct Layout {
    int64_t tokens, width, heads;
    int64_t head_width() const { return heads ? width / heads : width; }
    int64_t offset(int64_t r, int64_t head) const {
        return heads ? ((r / tokens * heads + head) * tokens + r % tokens) * head_width() : r * width;
    }
};

// x / rms(x), rounded, times w; with heads, split into heads and rotated by (cos, sin): [L, H/2]. x: [B, L, D].
struct RmsNormRope : torch::autograd::Function<RmsNormRope> {
    static Tensor forward(AutogradContext* ctx, const Tensor& x_, const Tensor& w_, int64_t heads,
                          const wanlab::optional<Tensor>& cos_, const wanlab::optional<Tensor>& sin_, double eps) {
        auto x = x_.contiguous(), w = wide(w_);
        bool rope = cos_ && cos_->defined();
        auto cos = rope ? wide(*cos_) : Tensor(), sin = rope ? wide(*sin_) : Tensor();
        Layout layout{x.size(1), x.size(2), heads};
        int64_t batch = x.size(0), rows = batch * layout.tokens, d = layout.width, hw = layout.head_width();
        TORCH_CHECK(w.numel() == d, "rms_norm_rope: the weight does not fit the width");
        TORCH_CHECK(heads >= 0 && hw * std::max<int64_t>(heads, 1) == d, "rms_norm_rope: the width does not divide into the heads");
        TORCH_CHECK(!rope || (cos.numel() == layout.tokens * hw / 2 && sin.numel() == cos.numel()), "rms_norm_rope: the rotary tables do not fit the tokens");
        auto inverse = inverse_rms(x, eps);
        auto out = heads ? at::empty({batch, heads, layout.tokens, hw}, x.options()) : at::empty_like(x);
        typed(x, [&](auto tx) {
            using X = decltype(tx);
            auto *px = x.data_ptr<X>(), *po = out.data_ptr<X>();
            auto *pw = w.data_ptr<float>(), *pi = inverse.data_ptr<float>();
            auto *pc = rope ? cos.data_ptr<float>() : nullptr, *ps = rope ? sin.data_ptr<float>() : nullptr;
            at::parallel_for(0, rows, grain, [&](int64_t begin, int64_t end) {
                std::vector<float> row(d);
                for (int64_t r = begin; r < end; r++) {
                    load(px + r * d, row.data(), d);
                    for (int64_t k = 0; k < d; k++) row[k] = rounded<X>(rounded<X>(row[k] * pi[r]) * pw[k]);
                    for (int64_t head = 0; head < std::max<int64_t>(heads, 1); head++) {
                        const float* from = row.data() + head * hw;
                        X* to = po + layout.offset(r, head);
                        if (!rope) {
                            for (int64_t k = 0; k < hw; k++) to[k] = static_cast<X>(from[k]);
                            continue;
                        }
                        const float *c = pc + r % layout.tokens * hw / 2, *s = ps + r % layout.tokens * hw / 2;
                        for (int64_t k = 0; k < hw / 2; k++) {
                            to[2 * k] = static_cast<X>(from[2 * k] * c[k] - from[2 * k + 1] * s[k]);
                            to[2 * k + 1] = static_cast<X>(from[2 * k] * s[k] + from[2 * k + 1] * c[k]);
                        }
                    }
                }
            });
        });
        ctx->save_for_backward({x, w, inverse, cos, sin});
        ctx->saved_data["heads"] = heads;
        ctx->saved_data["weight_type"] = static_cast<int64_t>(w_.scalar_type());
        return out;
    }

    static variable_list backward(AutogradContext* ctx, variable_list grads) {
        auto saved = ctx->get_saved_variables();
        auto x = saved[0], w = saved[1], inverse = saved[2], cos = saved[3], sin = saved[4];
        bool rope = cos.defined();
        auto g = grads[0].contiguous();
        Layout layout{x.size(1), x.size(2), ctx->saved_data["heads"].toInt()};
        int64_t rows = x.size(0) * layout.tokens, d = layout.width, hw = layout.head_width();
        auto dx = at::empty_like(x);
        bool train_weight = ctx->needs_input_grad(1);
        auto dw_rows = train_weight ? at::empty({rows, d}, x.options().dtype(at::kFloat)) : Tensor();
        typed(x, [&](auto tx) {
            using X = decltype(tx);
            auto *px = x.data_ptr<X>(), *pdx = dx.data_ptr<X>(), *pg = g.data_ptr<X>();
            auto *pw = w.data_ptr<float>(), *pi = inverse.data_ptr<float>();
            auto *pc = rope ? cos.data_ptr<float>() : nullptr, *ps = rope ? sin.data_ptr<float>() : nullptr;
            auto* pdw = train_weight ? dw_rows.data_ptr<float>() : nullptr;
            at::parallel_for(0, rows, grain, [&](int64_t begin, int64_t end) {
                std::vector<float> xhat(d), gy(d);
                for (int64_t r = begin; r < end; r++) {
                    for (int64_t head = 0; head < std::max<int64_t>(layout.heads, 1); head++) { // undo layout and rotation
                        const X* from = pg + layout.offset(r, head);
                        float* to = gy.data() + head * hw;
                        load(from, to, hw);
                        if (!rope) continue;
                        const float *c = pc + r % layout.tokens * hw / 2, *s = ps + r % layout.tokens * hw / 2;
                        for (int64_t k = 0; k < hw / 2; k++) {
                            float re = to[2 * k], im = to[2 * k + 1];
                            to[2 * k] = re * c[k] + im * s[k];
                            to[2 * k + 1] = im * c[k] - re * s[k];
                        }
                    }
                    load(px + r * d, xhat.data(), d);
                    for (int64_t k = 0; k < d; k++) xhat[k] *= pi[r];
                    if (pdw)
                        for (int64_t k = 0; k < d; k++) pdw[r * d + k] = gy[k] * rounded<X>(xhat[k]);
                    for (int64_t k = 0; k < d; k++) gy[k] *= pw[k];
                    auto mean = static_cast<float>(dot(gy.data(), xhat.data(), d) / d);
                    X* o = pdx + r * d;
                    for (int64_t k = 0; k < d; k++) o[k] = static_cast<X>(pi[r] * (gy[k] - xhat[k] * mean));
                }
            });
        });
        auto dw = train_weight ? dw_rows.sum(0).to(static_cast<at::ScalarType>(ctx->saved_data["weight_type"].toInt())) : Tensor();
        return {dx, dw, Tensor(), Tensor(), Tensor(), Tensor()};
    }
};

// x + y gate in float32, rounded to dtype. x, y: [B, L, D]; gate: [B, 1, D] float32, or absent for 1.
struct GatedAdd : torch::autograd::Function<GatedAdd> {
    static Tensor forward(AutogradContext* ctx, const Tensor& x_, const Tensor& y_, const wanlab::optional<Tensor>& gate_, int64_t dtype) {
        auto x = x_.contiguous(), y = y_.contiguous();
        auto gate = gate_ && gate_->defined() ? wide(*gate_) : at::ones({x.size(0), x.size(2)}, x.options().dtype(at::kFloat));
        auto out = at::empty(x.sizes(), x.options().dtype(static_cast<at::ScalarType>(dtype)));
        int64_t tokens = x.size(1), d = x.size(2);
        TORCH_CHECK(y.sizes() == x.sizes() && gate.numel() == x.size(0) * d, "gated_add: y must be as x, the gate [B, 1, D]");
        typed(x, [&](auto tx) {
            typed(y, [&](auto ty) {
                typed(out, [&](auto to) {
                    auto* px = x.data_ptr<decltype(tx)>();
                    auto* py = y.data_ptr<decltype(ty)>();
                    auto* po = out.data_ptr<decltype(to)>();
                    auto* pg = gate.data_ptr<float>();
                    at::parallel_for(0, x.size(0) * tokens, grain, [&](int64_t begin, int64_t end) {
                        for (int64_t r = begin; r < end; r++) {
                            const float* g = pg + r / tokens * d;
                            for (int64_t k = r * d, j = 0; j < d; k++, j++)
                                po[k] = static_cast<decltype(to)>(static_cast<float>(px[k]) + static_cast<float>(py[k]) * g[j]);
                        }
                    });
                });
            });
        });
        bool train_gate = gate_ && gate_->requires_grad();
        ctx->save_for_backward({gate, train_gate ? y : Tensor()});
        ctx->saved_data["x_type"] = static_cast<int64_t>(x.scalar_type());
        ctx->saved_data["y_type"] = static_cast<int64_t>(y.scalar_type());
        return out;
    }

    static variable_list backward(AutogradContext* ctx, variable_list grads) {
        auto saved = ctx->get_saved_variables();
        auto gate = saved[0];
        auto g = grads[0].contiguous();
        int64_t tokens = g.size(1), d = g.size(2);
        auto dy = at::empty(g.sizes(), g.options().dtype(static_cast<at::ScalarType>(ctx->saved_data["y_type"].toInt())));
        typed(g, [&](auto tg) {
            typed(dy, [&](auto ty) {
                auto* pg = g.data_ptr<decltype(tg)>();
                auto* py = dy.data_ptr<decltype(ty)>();
                auto* pgate = gate.data_ptr<float>();
                at::parallel_for(0, g.size(0) * tokens, grain, [&](int64_t begin, int64_t end) {
                    for (int64_t r = begin; r < end; r++)
                        for (int64_t k = r * d, j = 0; j < d; k++, j++)
                            py[k] = static_cast<decltype(ty)>(static_cast<float>(pg[k]) * pgate[r / tokens * d + j]);
                });
            });
        });
        Tensor dgate;
        if (saved[1].defined()) dgate = (g.to(at::kFloat) * saved[1].to(at::kFloat)).sum(1, true);
        return {g.to(static_cast<at::ScalarType>(ctx->saved_data["x_type"].toInt())), dy, dgate, Tensor()};
    }
};

Tensor modulated_norm(const Tensor& x, const Tensor& scale, const Tensor& shift, double eps, int64_t dtype) {
    return ModulatedNorm::apply(x, scale, shift, eps, dtype);
}

Tensor rms_norm_rope(const Tensor& x, const Tensor& w, int64_t heads, const wanlab::optional<Tensor>& cos, const wanlab::optional<Tensor>& sin, double eps) {
    return RmsNormRope::apply(x, w, heads, cos, sin, eps);
}

Tensor gated_add(const Tensor& x, const Tensor& y, const wanlab::optional<Tensor>& gate, int64_t dtype) {
    return GatedAdd::apply(x, y, gate, dtype);
}

} // namespace

TORCH_LIBRARY_FRAGMENT(wanlab, m) {
    m.def("modulated_norm(Tensor x, Tensor scale, Tensor shift, float eps, int dtype) -> Tensor", modulated_norm);
    m.def("rms_norm_rope(Tensor x, Tensor weight, int heads, Tensor? cos, Tensor? sin, float eps) -> Tensor", rms_norm_rope);
    m.def("gated_add(Tensor x, Tensor y, Tensor? gate, int dtype) -> Tensor", gated_add);
}
