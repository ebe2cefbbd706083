#include "wanlab_sentencepiece.h"

#include <sentencepiece_processor.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

struct wanlab_spm {
    sentencepiece::SentencePieceProcessor processor;
};

namespace {

thread_local std::string last_error;

// Nothing may be thrown across the C boundary: an exception there ends the process.
template <typename Body>
int32_t guarded(Body body) noexcept {
    try {
        body();
        return 0;
    } catch (const std::exception& e) {
        try { last_error = e.what(); } catch (...) { }
    } catch (...) {
        try { last_error = "unknown error"; } catch (...) { }
    }
    return 1;
}

void check(const sentencepiece::util::Status& status) {
    if (!status.ok()) throw std::runtime_error(status.ToString());
}

template <typename Item>
Item* copied(const Item* items, size_t count) {
    // malloc(0) may give null, which would look like a failure.
    auto* copy = static_cast<Item*>(std::malloc(count == 0 ? 1 : count * sizeof(Item)));
    if (copy == nullptr) throw std::bad_alloc();
    if (count != 0) std::memcpy(copy, items, count * sizeof(Item));
    return copy;
}

}  // namespace

int32_t wanlab_spm_load_file(const char* path, wanlab_spm** out) {
    return guarded([&] {
        auto model = std::make_unique<wanlab_spm>();
        check(model->processor.Load(path));
        *out = model.release();
    });
}

int32_t wanlab_spm_load_bytes(const uint8_t* data, int64_t size, wanlab_spm** out) {
    return guarded([&] {
        auto model = std::make_unique<wanlab_spm>();
        check(model->processor.LoadFromSerializedProto({reinterpret_cast<const char*>(data), static_cast<size_t>(size)}));
        *out = model.release();
    });
}

void wanlab_spm_free(wanlab_spm* model) { delete model; }

int32_t wanlab_spm_describe(const wanlab_spm* model, wanlab_spm_info* out) {
    return guarded([&] {
        const auto& p = model->processor;
        *out = {p.GetPieceSize(), p.pad_id(), p.eos_id(), p.bos_id(), p.unk_id()};
    });
}

int32_t wanlab_spm_encode(const wanlab_spm* model, const uint8_t* text, int64_t size, int32_t** ids, int64_t* count) {
    return guarded([&] {
        std::vector<int> pieces;
        check(model->processor.Encode({reinterpret_cast<const char*>(text), static_cast<size_t>(size)}, &pieces));
        *ids = copied<int32_t>(pieces.data(), pieces.size());
        *count = static_cast<int64_t>(pieces.size());
    });
}

int32_t wanlab_spm_decode(const wanlab_spm* model, const int32_t* ids, int64_t count, uint8_t** text, int64_t* size) {
    return guarded([&] {
        const int pieces = model->processor.GetPieceSize();
        for (int64_t i = 0; i < count; i++) {
            if (ids[i] < 0 || ids[i] >= pieces) {
                throw std::out_of_range("id " + std::to_string(ids[i]) + " is outside the model's "
                                        + std::to_string(pieces) + " pieces");
            }
        }
        std::string decoded;
        check(model->processor.Decode(std::vector<int>(ids, ids + count), &decoded));
        *text = copied(reinterpret_cast<const uint8_t*>(decoded.data()), decoded.size());
        *size = static_cast<int64_t>(decoded.size());
    });
}

void wanlab_spm_free_buffer(void* buffer) { std::free(buffer); }

const char* wanlab_spm_last_error(void) { return last_error.c_str(); }
