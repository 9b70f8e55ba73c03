#include "companion.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/json_text.hpp"
#include "base/quote.hpp"

namespace attest::formats::import {

using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t alignment = 8;  ///< of the data, by blanks behind the header

std::string eight_bytes(std::uint64_t number) {
    std::string bytes;
    for (unsigned k = 0; k < 8; ++k) bytes += static_cast<char>(number >> (8 * k) & 0xff);
    return bytes;
}

/// Whether two views are of the same numbers.
bool same(const Array& a, const Array& b) {
    return a.storage.data() == b.storage.data() && a.type == b.type && a.offset == b.offset && a.shape == b.shape &&
           a.strides == b.strides;
}

}  // namespace

Json Companion::refer(const Part& part) {
    const auto [known, added] = index_.emplace(part.name, parts_.size());
    if (!added && !same(part.array, parts_[known->second].array))
        throw base::InputError(base::named(part.name), "tensors whose names are no names of parts of others", "one");
    if (added) {
        if (part.array.size_in_bytes() > left_)
            throw base::InputError(base::named(part.name), "tensors within the limit of memory (--memory)", "more");
        left_ -= part.array.size_in_bytes();
        parts_.push_back(part);
    }
    return {{"tensor", part.name}};
}

std::string Companion::file(const std::vector<std::pair<std::string, std::string>>& metadata) const {
    Json header = Json::object();
    for (const auto& [key, text] : metadata) header["__metadata__"][key] = text;
    std::uint64_t at = 0;
    for (const Part& part : parts_) {
        const std::uint64_t size = part.array.size_in_bytes();
        header[part.name] = {
            {"dtype", info(part.array.type).name}, {"shape", part.array.shape}, {"data_offsets", {at, at + size}}};
        at += size;
    }
    std::string text = base::json_text(header, -1, base::NotUtf8::replaced);
    text.append((alignment - text.size() % alignment) % alignment, ' ');
    std::string bytes = eight_bytes(text.size()) + text;
    bytes.reserve(bytes.size() + at);
    for (const Part& part : parts_) bytes += packed(part.array);
    return bytes;
}

}  // namespace attest::formats::import
