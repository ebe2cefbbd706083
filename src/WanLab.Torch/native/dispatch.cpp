// One entry point to every operator that libtorch has registered: look it up by schema name, call it with boxed arguments.
#include "bridge.h"
#include "optional.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <algorithm>
#include <stdexcept>
#include <string>

using wanlab::guarded;
using wanlab::wrap;

namespace {

using OptionalTensor = wanlab::optional<at::Tensor>;

const c10::OperatorHandle& handle(wl_op op) { return *reinterpret_cast<const c10::OperatorHandle*>(op); }

c10::Device unpack(int64_t packed) {
    return c10::Device(static_cast<c10::DeviceType>(packed >> 8), static_cast<c10::DeviceIndex>((packed & 0xff) - 1));
}

c10::TypePtr unwrap_optional(c10::TypePtr type) {
    while (auto optional = type->cast<c10::OptionalType>()) type = optional->getElementType();
    return type;
}

at::Tensor tensor_of(const void* p) {
    return p ? static_cast<const wl_tensor_impl*>(p)->value : at::Tensor();
}

// Whole numbers become floats or booleans where the schema wants those: boxed calls do not convert.
c10::IValue to_ivalue(const wl_value& v, const c10::Argument& argument) {
    auto type = unwrap_optional(argument.type());
    switch (v.tag) {
    case WL_NONE:
        return c10::IValue();
    case WL_TENSOR:
        return c10::IValue(tensor_of(v.p));
    case WL_INT:
        if (type->kind() == c10::TypeKind::FloatType) return c10::IValue(static_cast<double>(v.i));
        if (type->kind() == c10::TypeKind::BoolType) return c10::IValue(v.i != 0);
        return c10::IValue(v.i);
    case WL_DOUBLE:
        return c10::IValue(v.d);
    case WL_BOOL:
        return c10::IValue(v.i != 0);
    case WL_INT_LIST: {
        auto* data = static_cast<const int64_t*>(v.p);
        c10::List<int64_t> list;
        list.reserve(v.count);
        for (int32_t k = 0; k < v.count; k++) list.push_back(data[k]);
        return c10::IValue(std::move(list));
    }
    case WL_DOUBLE_LIST: {
        auto* data = static_cast<const double*>(v.p);
        c10::List<double> list;
        list.reserve(v.count);
        for (int32_t k = 0; k < v.count; k++) list.push_back(data[k]);
        return c10::IValue(std::move(list));
    }
    case WL_TENSOR_LIST: {
        auto* data = static_cast<const wl_tensor*>(v.p);
        auto list_type = type->cast<c10::ListType>();
        if (list_type && list_type->getElementType()->kind() == c10::TypeKind::OptionalType) {
            c10::List<OptionalTensor> list;
            for (int32_t k = 0; k < v.count; k++)
                list.push_back(data[k] ? OptionalTensor(data[k]->value) : OptionalTensor());
            return c10::IValue(std::move(list));
        }
        c10::List<at::Tensor> list;
        list.reserve(v.count);
        for (int32_t k = 0; k < v.count; k++) list.push_back(tensor_of(data[k]));
        return c10::IValue(std::move(list));
    }
    case WL_STRING:
        return c10::IValue(std::string(static_cast<const char*>(v.p), static_cast<size_t>(v.count)));
    case WL_DEVICE:
        return c10::IValue(unpack(v.i));
    case WL_GENERATOR:
        return c10::IValue(static_cast<const wl_generator_impl*>(v.p)->value);
    }
    throw std::invalid_argument("unknown argument tag " + std::to_string(v.tag));
}

// A missing or mistyped argument is undefined behaviour in a boxed call, so it is refused here.
void check(const c10::FunctionSchema& schema, size_t position, const c10::IValue& value) {
    const auto& argument = schema.arguments()[position];
    auto type = argument.type();
    bool optional = type->kind() == c10::TypeKind::OptionalType;
    if (value.isNone()) {
        if (optional) return;
    } else {
        type = unwrap_optional(type);
        switch (type->kind()) {
        case c10::TypeKind::TensorType: if (value.isTensor()) return; break;
        case c10::TypeKind::IntType: if (value.isInt()) return; break;
        case c10::TypeKind::FloatType: if (value.isDouble()) return; break;
        case c10::TypeKind::BoolType: if (value.isBool()) return; break;
        case c10::TypeKind::StringType: if (value.isString()) return; break;
        case c10::TypeKind::NumberType: if (value.isScalar()) return; break;
        case c10::TypeKind::ListType: if (value.isList()) return; break;
        case c10::TypeKind::DeviceObjType: if (value.isDevice()) return; break;
        default: return; // generators, SymInt: no cheap test; the kernel's own unboxing checks the tag
        }
    }
    throw std::invalid_argument(
        schema.name() + "." + schema.overload_name() + ": argument '" + argument.name() + "' must be a " +
        argument.type()->str() + ", got a " + value.tagKind());
}

void put(const c10::IValue& value, wl_value* results, int32_t capacity, int32_t* count) {
    auto next = [&]() -> wl_value& {
        if (*count == capacity) throw std::length_error("an operator returned more values than there is room for");
        results[*count] = wl_value{};
        return results[(*count)++];
    };
    if (value.isTensorList()) {
        for (const at::Tensor& item : value.toTensorVector()) put(c10::IValue(item), results, capacity, count);
    } else if (value.isTensor()) {
        auto& slot = next();
        auto tensor = value.toTensor();
        slot.tag = WL_TENSOR;
        slot.p = tensor.defined() ? wrap(std::move(tensor)) : nullptr;
    } else if (value.isInt()) {
        auto& slot = next();
        slot.tag = WL_INT;
        slot.i = value.toInt();
    } else if (value.isDouble()) {
        auto& slot = next();
        slot.tag = WL_DOUBLE;
        slot.d = value.toDouble();
    } else if (value.isBool()) {
        auto& slot = next();
        slot.tag = WL_BOOL;
        slot.i = value.toBool();
    } else {
        throw std::invalid_argument(std::string("an operator returned a ") + value.tagKind() + ", which has no form here");
    }
}

} // namespace

int32_t wl_op_find(const char* name, const char* overload, wl_op* op) {
    return guarded([&] {
        auto found = c10::Dispatcher::singleton().findSchema({name, overload});
        *op = found ? reinterpret_cast<wl_op>(new c10::OperatorHandle(*found)) : nullptr;
    });
}

int32_t wl_op_call(wl_op op, const wl_value* args, int32_t n, wl_value* results, int32_t capacity, int32_t* count) {
    *count = 0;
    return guarded([&] {
        const auto& schema = handle(op).schema();
        const auto& arguments = schema.arguments();
        if (static_cast<size_t>(n) > arguments.size())
            throw std::invalid_argument(schema.name() + ": takes " + std::to_string(arguments.size()) + " arguments, got " + std::to_string(n));
        torch::jit::Stack stack;
        stack.reserve(std::max(arguments.size(), schema.returns().size()));
        for (size_t k = 0; k < arguments.size(); k++) {
            if (k < static_cast<size_t>(n)) {
                stack.push_back(to_ivalue(args[k], arguments[k]));
                check(schema, k, stack.back());
            } else if (arguments[k].default_value()) {
                stack.push_back(*arguments[k].default_value());
            } else {
                throw std::invalid_argument(schema.name() + ": argument '" + arguments[k].name() + "' is missing");
            }
        }
        handle(op).callBoxed(&stack);
        try {
            for (const auto& value : stack) put(value, results, capacity, count);
        } catch (...) {
            for (int32_t k = 0; k < *count; k++)
                if (results[k].tag == WL_TENSOR && results[k].p) wl_tensor_free(static_cast<wl_tensor>(const_cast<void*>(results[k].p)));
            *count = 0;
            throw;
        }
    });
}
