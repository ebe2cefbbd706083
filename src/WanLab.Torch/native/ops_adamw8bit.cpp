// wanlab::adamw8bit_: one AdamW update with both moments in one byte each, block by block in one pass, for the host.
// Same arithmetic, codes and rounding as AdamW8Bit.cs, which composes it of plain operators for other devices.
#include <torch/library.h>

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace {

using at::Tensor;

constexpr int64_t block_size = 256;

uint32_t mix(uint32_t h) { // as in HashNoise.cs
    h ^= h >> 16;
    h *= 0x7feb352du;
    h ^= h >> 15;
    h *= 0x846ca68bu;
    return h ^ (h >> 16);
}

// values: 256, ascending; starts: for the upper half of a float's bits, the last value at or below all floats that share it.
struct Code {
    const float* values;
    const uint8_t* starts;
    bool keeps_positive; // nothing above 0 becomes 0

    Code(const Tensor& v, const Tensor& s, bool positive)
        : values(v.data_ptr<float>()), starts(s.data_ptr<uint8_t>()), keeps_positive(positive) {}

    uint8_t encode(float x, float u) const {
        uint32_t bits;
        std::memcpy(&bits, &x, sizeof bits);
        int k = starts[bits >> 16];
        while (k < 255 && values[k + 1] <= x) k++;
        if (k < 255 && u < (x - values[k]) / (values[k + 1] - values[k])) k++;
        return keeps_positive && k == 0 && x > 0 ? 1 : static_cast<uint8_t>(k);
    }
};

void adamw8bit(Tensor parameters, const Tensor& gradient_, Tensor mean, Tensor mean_scale, Tensor root, Tensor root_scale,
               const Tensor& signed_values, const Tensor& signed_starts, const Tensor& unsigned_values, const Tensor& unsigned_starts,
               int64_t row_key, int64_t column_key, double decay, double rate, double correction, double beta1, double beta2, double eps) {
    auto gradient = gradient_.contiguous();
    TORCH_CHECK(parameters.is_contiguous() && mean.is_contiguous() && root.is_contiguous(), "adamw8bit_: state must be contiguous");
    TORCH_CHECK(mean.numel() == mean_scale.numel() * block_size && root.numel() == mean.numel() && gradient.numel() == parameters.numel(),
                "adamw8bit_: sizes do not fit");
    Code mean_code(signed_values, signed_starts, false), root_code(unsigned_values, unsigned_starts, true);
    auto p = parameters.data_ptr<float>();
    auto g = gradient.data_ptr<float>();
    auto m_codes = mean.data_ptr<uint8_t>(), r_codes = root.data_ptr<uint8_t>();
    auto m_scales = mean_scale.data_ptr<float>(), r_scales = root_scale.data_ptr<float>();
    const int64_t count = parameters.numel();
    const float b1 = beta1, c1 = 1 - beta1, b2 = beta2, c2 = 1 - beta2, shrink = decay, step = rate, root_correction = correction, e = eps;

    at::parallel_for(0, mean_scale.numel(), 16, [&](int64_t begin, int64_t end) {
        float m[block_size], r[block_size];
        for (int64_t b = begin; b < end; b++) {
            const int64_t start = b * block_size, n = std::min(block_size, count - start);
            float m_max = 0, r_max = 0;
            for (int64_t k = 0; k < block_size; k++) {
                const float x = k < n ? g[start + k] : 0;
                const float old = root_code.values[r_codes[start + k]] * r_scales[b];
                m[k] = mean_code.values[m_codes[start + k]] * m_scales[b] * b1 + x * c1;
                r[k] = std::sqrt(old * old * b2 + x * x * c2);
                m_max = std::max(m_max, std::abs(m[k]));
                r_max = std::max(r_max, r[k]);
            }
            for (int64_t k = 0; k < n; k++) p[start + k] = p[start + k] * shrink - step * (m[k] / (r[k] / root_correction + e));
            m_scales[b] = m_max;
            r_scales[b] = r_max;
            const float m_by = std::max(m_max, 1e-38f), r_by = std::max(r_max, 1e-38f);
            const uint32_t row = mix(static_cast<uint32_t>(b) ^ static_cast<uint32_t>(row_key));
            for (int64_t k = 0; k < block_size; k++) {
                const uint32_t hash = mix(row + mix(static_cast<uint32_t>(k) ^ static_cast<uint32_t>(column_key)));
                const float u = static_cast<float>(static_cast<int32_t>(hash)) * 0x1p-32f + 0.5f;
                m_codes[start + k] = mean_code.encode(m[k] / m_by, u);
                r_codes[start + k] = root_code.encode(r[k] / r_by, u);
            }
        }
    });
}

} // namespace

TORCH_LIBRARY_FRAGMENT(wanlab, m) {
    m.def("adamw8bit_(Tensor(a!) parameters, Tensor gradient, Tensor(b!) mean, Tensor(c!) mean_scale, Tensor(d!) root, Tensor(e!) root_scale, "
          "Tensor signed_values, Tensor signed_starts, Tensor unsigned_values, Tensor unsigned_starts, int row_key, int column_key, "
          "float decay, float rate, float correction, float beta1, float beta2, float eps) -> ()", adamw8bit);
}
