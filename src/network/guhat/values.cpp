#include <algorithm>

#include "attest/network/guhat.hpp"

namespace attest::network {

std::size_t Values::Hash::operator()(const Code& code) const {
    std::uint64_t hash = code.size();
    for (const std::uint64_t part : code) hash = (hash ^ part) * 0x9e3779b97f4a7c15ULL ^ (hash >> 29);
    return hash ^ (hash >> 32);
}

ValueId Values::tuple(ValueId own, const std::vector<Pair>& attended) {
    Code code{static_cast<std::uint64_t>(Kind::tuple), static_cast<std::uint64_t>(own)};
    code.reserve(2 + 2 * attended.size());
    for (const Pair& pair : attended) {
        code.push_back(static_cast<std::uint64_t>(pair.position));
        code.push_back(static_cast<std::uint64_t>(pair.value));
    }
    return keep(std::move(code));
}

std::vector<Pair> Values::attended(ValueId value) const {
    const Code& code = at(value);
    std::vector<Pair> pairs;
    for (std::size_t k = 2; k < code.size(); k += 2)
        pairs.push_back({static_cast<std::int64_t>(code[k]), static_cast<ValueId>(code[k + 1])});
    return pairs;
}

std::strong_ordering Values::compare(ValueId a, ValueId b) const {
    if (a == b) return std::strong_ordering::equal;
    const Code &x = at(a), &y = at(b);
    if (x[0] != y[0] || kind(a) != Kind::tuple)
        return std::lexicographical_compare_three_way(x.begin(), x.end(), y.begin(), y.end());
    for (std::size_t k = 1; k < std::min(x.size(), y.size()); ++k) {
        if (x[k] == y[k]) continue;
        const bool is_value = k % 2 == 1;  // own value, then position and value by turns
        return is_value ? compare(static_cast<ValueId>(x[k]), static_cast<ValueId>(y[k])) : x[k] <=> y[k];
    }
    return x.size() <=> y.size();
}

}  // namespace attest::network
