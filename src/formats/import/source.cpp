#include "source.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/quote.hpp"

namespace attest::formats::import {

std::string Source::place(const std::string& name) const {
    return fmt::format("{}:{}", checkpoint_.file, base::named(name));
}

void Source::fail(const std::string& name, const std::string& expected, const std::string& found) const {
    throw base::InputError(place(name), expected, found);
}

Part Source::tensor(const std::string& name) {
    const auto found = checkpoint_.tensors.find(name);
    if (found == checkpoint_.tensors.end()) fail(name, "a tensor of this name", "none");
    if (used_.insert(name).second) require_finite(found->second, place(name));
    return {name, found->second};
}

Part Source::tensor(const std::string& name, const Shape& shape) {
    Part part = tensor(name);
    if (part.array.shape != shape)
        fail(name, fmt::format("shape [{}]", fmt::join(shape, ", ")), part.array.spell_shape());
    return part;
}

Part Source::tensor_of_rank(const std::string& name, std::size_t rank) {
    Part part = tensor(name);
    if (part.array.rank() != rank || part.array.count() == 0)
        fail(name, fmt::format("a tensor of rank {} that is not empty", rank), "shape " + part.array.spell_shape());
    return part;
}

std::optional<Part> Source::find(const std::string& name, const Shape& shape) {
    if (!has(name)) return std::nullopt;
    return tensor(name, shape);
}

std::uint64_t Source::count(const std::string& prefix, const std::string& suffix) const {
    std::uint64_t count = 0;
    while (has(fmt::format("{}{}{}", prefix, count, suffix))) ++count;
    return count;
}

Part Source::diagonal(const Part& number, std::uint64_t extent) {
    const std::string_view bytes = number.array.bytes_at(0);
    std::string all(extent * extent * bytes.size(), '\0');
    for (std::uint64_t k = 0; k < extent; ++k) all.replace((k * extent + k) * bytes.size(), bytes.size(), bytes);
    made_.push_back(std::move(all));
    return {number.name + "*I",
            {number.array.type, {extent, extent}, contiguous_strides({extent, extent}), 0, made_.back()}};
}

Part Source::identity(std::uint64_t extent) {
    const auto known = identities_.find(extent);
    if (known != identities_.end()) return known->second;
    made_.emplace_back("\0\0\x80\x3f", 4);  // 1 in binary32
    Part part = diagonal({"1", {NumberType::f32, {}, {}, 0, made_.back()}}, extent);
    part.name = fmt::format("I{}", extent);
    return identities_.emplace(extent, std::move(part)).first->second;
}

std::vector<std::string> Source::unused() const {
    std::vector<std::string> names;
    for (const auto& [name, array] : checkpoint_.tensors)
        if (!used_.contains(name)) names.push_back(name);
    return names;
}

}  // namespace attest::formats::import
