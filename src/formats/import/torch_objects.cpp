#include "torch_objects.hpp"

#include <fmt/format.h>

#include <array>

#include "attest/base/error.hpp"
#include "base/quote.hpp"

namespace attest::formats::import {

namespace {

using Kind = PickleValue::Kind;

constexpr std::string_view tensor_v2 = "torch._utils._rebuild_tensor_v2", tensor_v1 = "torch._utils._rebuild_tensor",
                           parameter = "torch._utils._rebuild_parameter";

/// What torch would call to make the tensors that are not read.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> others = {{
    {"torch._utils._rebuild_qtensor", "a quantised tensor"},
    {"torch._utils._rebuild_sparse_tensor", "a sparse tensor"},
    {"torch._utils._rebuild_sparse_csr_tensor", "a sparse tensor"},
    {"torch._utils._rebuild_meta_tensor_no_storage", "a tensor without numbers"},
    {"torch._utils._rebuild_tensor_v3", "a tensor of a type of later torch (complex, 8 bits)"},
    {"torch.storage._load_from_bytes", "a storage within the pickle"},
}};

/// A function of a value and what is expected of it, at one place of a pickle.
class ObjectReader {
  public:
    ObjectReader(const Pickle& pickle, const std::string& where) : pickle_(pickle), where_(where) {}

    const PickleValue& at(const std::vector<PickleId>& items, std::size_t k, Kind kind, const char* what) const {
        if (k >= items.size()) throw base::InputError(where_, what, "none");
        const PickleValue& value = pickle_.at(items[k]);
        if (value.kind != kind) throw base::InputError(where_, what, describe(value));
        return value;
    }
    std::uint64_t count(const std::vector<PickleId>& items, std::size_t k, const char* what) const {
        const std::int64_t number = at(items, k, Kind::integer, what).integer;
        if (number < 0) throw base::InputError(where_, what, std::to_string(number));
        return static_cast<std::uint64_t>(number);
    }
    std::vector<std::uint64_t> counts(const std::vector<PickleId>& items, std::size_t k, const char* what) const {
        const std::vector<PickleId>& tuple = at(items, k, Kind::tuple, what).items;
        std::vector<std::uint64_t> all;
        for (std::size_t j = 0; j < tuple.size(); ++j) all.push_back(count(tuple, j, what));
        return all;
    }

  private:
    const Pickle& pickle_;
    const std::string& where_;
};

const NumberInfo& number_type(const std::string& global, const std::string& where) {
    constexpr std::string_view prefix = "torch.", suffix = "Storage";
    const NumberInfo* type = nullptr;
    if (global.starts_with(prefix) && global.ends_with(suffix) && global.size() > prefix.size() + suffix.size())
        type = find_torch_type(
            std::string_view(global).substr(prefix.size(), global.size() - prefix.size() - suffix.size()));
    if (type == nullptr)
        throw base::InputError(
            where, "a storage of numbers that are read (Double Float Half BFloat16 Long Int Short Char Byte Bool)",
            base::named(global));
    return *type;
}

}  // namespace

StorageId read_storage_id(const Pickle& pickle, const PickleValue& persistent, const std::string& where) {
    const ObjectReader reader(pickle, where);
    const std::vector<PickleId>& id = reader.at(persistent.items, 0, Kind::tuple, "the id of a storage").items;
    const PickleValue& word = reader.at(id, 0, Kind::text, "the id of a storage");
    if (word.text != "storage") throw base::InputError(where, "the id of a storage", describe(word));
    const std::string& global = reader.at(id, 1, Kind::global, "the type of a storage").text;
    if (id.size() > 5) (void)reader.at(id, 5, Kind::none, "a storage of its own");
    return {number_type(global, where).type, reader.at(id, 2, Kind::text, "the key of a storage").text,
            reader.count(id, 4, "the number of numbers in a storage")};
}

bool is_tensor(const Pickle& pickle, const PickleValue& value) {
    if (value.kind != Kind::record) return false;
    if (value.text == tensor_v1 || value.text == tensor_v2) return true;
    const auto& arguments = pickle.arguments(value);
    return value.text == parameter && !arguments.empty() && pickle.at(arguments[0]).kind == Kind::record;
}

Array read_tensor(const Pickle& pickle, const PickleValue& value, const Storages& storages, const std::string& where) {
    if (value.text == parameter) {
        const PickleValue& inner = pickle.at(pickle.arguments(value)[0]);
        if (inner.text != tensor_v1 && inner.text != tensor_v2)
            throw base::InputError(where, "a tensor", describe(inner));
        return read_tensor(pickle, inner, storages, where);
    }
    const ObjectReader reader(pickle, where);
    const std::vector<PickleId>& arguments = pickle.arguments(value);
    const StorageId id =
        read_storage_id(pickle, reader.at(arguments, 0, Kind::persistent, "the storage of a tensor"), where);
    Array array{id.type, reader.counts(arguments, 2, "the shape of a tensor"),
                reader.counts(arguments, 3, "the strides of a tensor"),
                reader.count(arguments, 1, "the offset of a tensor"), storages(id)};
    return checked(std::move(array), where);
}

std::string other_tensor(const PickleValue& value) {
    for (const auto& [name, what] : others)
        if (value.kind == Kind::record && value.text == name) return std::string(what);
    return {};
}

}  // namespace attest::formats::import
