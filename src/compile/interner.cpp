#include "interner.hpp"

#include <algorithm>

namespace attest::compile {

bool Interner::Less::operator()(const exact::Vector& a, const exact::Vector& b) const {
    // One comparison a coordinate; the library's operator< on ranges would make two.
    if (a.size() != b.size()) return a.size() < b.size();
    for (std::size_t k = 0; k < a.size(); ++k)
        if (const int order = cmp(a[k], b[k]); order != 0) return order < 0;
    return false;
}

Interner::Id Interner::id(const exact::Vector& vector) {
    const auto [at, fresh] = ids_.try_emplace(vector, static_cast<Id>(vectors_.size()));
    if (fresh) vectors_.push_back(&at->first);
    return at->second;
}

}  // namespace attest::compile
