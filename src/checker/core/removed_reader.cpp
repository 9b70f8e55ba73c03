#include "checker/core/removed_reader.hpp"

// FORMAT.md, section 15. The parts are listed in ascending order and therefore at most once, so that one set has one
// text.

namespace attest::checker {
namespace {

constexpr std::int64_t most = 1'000'000;

Removed read_part(const Cursor& at) {
    if (at.size() != 2) at.fail("a part is [layer, head] or [layer, \"feedforward\"]");
    Removed part{static_cast<std::size_t>(at.item(0).integer(1, most)), 0};
    const Cursor which = at.item(1);
    if (!which.is(Json::Kind::string)) part.head = static_cast<std::size_t>(which.integer(1, most));
    else if (which.string() != "feedforward") which.fail("\"feedforward\" was expected");
    return part;
}

/// Heads before the feed-forward part.
bool before(const Removed& a, const Removed& b) {
    if (a.layer != b.layer) return a.layer < b.layer;
    return a.head != 0 && (b.head == 0 || a.head < b.head);
}

}  // namespace

std::vector<Removed> read_removed(const Cursor& claim) {
    std::vector<Removed> parts;
    const auto without = claim.find("without");
    if (!without) return parts;
    for (std::size_t k = 0; k < without->size(); ++k) {
        parts.push_back(read_part(without->item(k)));
        if (k > 0 && !before(parts[k - 1], parts[k])) without->item(k).fail("the parts do not ascend");
    }
    if (parts.empty()) without->fail("some part was expected");
    return parts;
}

}  // namespace attest::checker
