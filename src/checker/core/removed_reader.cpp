#include "checker/core/removed_reader.hpp"

// FORMAT.md, section 15. The parts are listed in ascending order and therefore at most once, so that one set has one
// text.

namespace attest::checker {
namespace {

constexpr std::int64_t most = 1'000'000;

std::size_t read_number(const Cursor& at) { return static_cast<std::size_t>(at.integer(1, most)); }

Removed read_edge(const Cursor& at) {
    const Removed edge{read_number(at.item(0)), read_number(at.item(1)), read_number(at.item(2)),
                       read_number(at.item(3))};
    if (edge.layer >= edge.to_layer) at.fail("an edge leads to a later layer");
    return edge;
}

Removed read_part(const Cursor& at) {
    if (at.is(Json::Kind::string)) {
        if (at.string().empty()) at.fail("a name of a variable is not empty");
        return {0, 0, 0, 0, at.string()};
    }
    if (at.size() == 4) return read_edge(at);
    if (at.size() != 2) at.fail("a part is [layer, head] or [layer, \"feedforward\"]");
    Removed part{read_number(at.item(0))};
    const Cursor which = at.item(1);
    if (!which.is(Json::Kind::string)) part.head = read_number(which);
    else if (which.string() != "feedforward") which.fail("\"feedforward\" was expected");
    return part;
}

/// Heads before the feed-forward part, edges after all parts. The order of variables is that of their program.
bool before(const Removed& a, const Removed& b) {
    if (!a.variable.empty() || !b.variable.empty()) return !a.variable.empty() && !b.variable.empty();
    if (a.is_edge() != b.is_edge()) return b.is_edge();
    if (a.is_edge()) return a < b;
    if (a.layer != b.layer) return a.layer < b.layer;
    return a.head != 0 && (b.head == 0 || a.head < b.head);
}

Vector read_numbers(const Cursor& at) {
    Vector numbers;
    for (std::size_t c = 0; c < at.size(); ++c) numbers.push_back(at.item(c).number());
    return numbers;
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

std::optional<Instead> read_instead(const Cursor& claim, const std::vector<Removed>& parts) {
    const auto at = claim.find("instead");
    if (!at) return std::nullopt;
    at->only({"constants", "by", "within"});
    const auto by = at->find("by");
    if (by && by->string() != "position") by->fail("\"position\" was expected");
    const Cursor lists = at->at("constants");
    if (parts.empty() || lists.size() != parts.size()) lists.fail("a list for each part was expected");
    Instead instead;
    for (std::size_t k = 0; k < lists.size(); ++k) {
        if (parts[k].is_edge()) lists.item(k).fail("an edge adds nothing");
        if (!parts[k].variable.empty()) lists.item(k).fail("a variable adds nothing");
        if (!by) {
            instead.constants.push_back(read_numbers(lists.item(k)));
            continue;
        }
        std::vector<Vector>& positions = instead.by_position.emplace_back();
        for (std::size_t p = 0; p < lists.item(k).size(); ++p) positions.push_back(read_numbers(lists.item(k).item(p)));
    }
    const auto within = at->find("within");
    if (!within) return instead;
    instead.within = within->number();
    if (*instead.within < 0) within->fail("a distance is not negative");
    return instead;
}

void refuse_constants_by_position(const Cursor& claim, const std::optional<Instead>& instead) {
    if (instead && !instead->by_position.empty())
        claim.at("instead").at("by").fail("a claim of this kind has the same constants at all positions");
}

std::optional<Rational> read_robust(const Cursor& claim) {
    const auto at = claim.find("robust");
    if (!at) return std::nullopt;
    const Rational radius = at->number();
    if (radius < 0) at->fail("a distance is not negative");
    return radius;
}

}  // namespace attest::checker
