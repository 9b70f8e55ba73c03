#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "array.hpp"
#include "pickle.hpp"

namespace attest::formats::import {

/// What identifies a storage in a pickle of torch: `('storage', torch.FloatStorage, '0', 'cpu', 80)`.
struct StorageId {
    NumberType type = NumberType::f32;
    std::string key;
    std::uint64_t count = 0;  ///< of numbers
};

/// Throws  InputError (`where`) for another kind of id, and for types whose numbers are not read
StorageId read_storage_id(const Pickle& pickle, const PickleValue& persistent, const std::string& where);

/// The bytes of a storage. Throws  InputError if there are none, or not as many as the id says.
using Storages = std::function<std::string_view(const StorageId&)>;

/// Whether a value is what torch writes for a tensor or a parameter.
bool is_tensor(const Pickle& pickle, const PickleValue& value);

/// That tensor.
/// Throws  InputError (`where`) unless all of its numbers lie in its storage
Array read_tensor(const Pickle& pickle, const PickleValue& value, const Storages& storages, const std::string& where);

/// What kinds of tensors there are that are not read: `a quantised tensor`; empty for any other value.
std::string other_tensor(const PickleValue& value);

}  // namespace attest::formats::import
