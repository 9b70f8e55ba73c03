#include "checker/core/network_class.hpp"

// FORMAT.md, section 9: a class of networks is its numbers of layers, heads and activations, its attention and what it
// is read at. Combinations that the definition excludes are refused here, so that what follows may rely on them.

namespace attest::checker {
namespace {

constexpr std::int64_t most_counted = 1'000'000;

std::size_t natural(const Cursor& at, std::int64_t least) {
    return static_cast<std::size_t>(at.integer(least, most_counted));
}

bool choice(const Cursor& at, std::string_view yes, std::string_view no) {
    if (at.string() != yes && at.string() != no)
        at.fail("\"" + std::string(yes) + "\" or \"" + std::string(no) + "\" was expected");
    return at.string() == yes;
}

}  // namespace

NetworkClass read_network_class(const Cursor& at) {
    at.only({"layers", "heads", "activations", "read", "mask", "positions", "key_dimension"});
    NetworkClass c;
    c.layers = natural(at.at("layers"), 1);
    c.heads = natural(at.at("heads"), 1);
    if (const Cursor a = at.at("activations"); !a.is(Json::Kind::null)) c.activations = natural(a, 2);
    c.reads_end = choice(at.at("read"), "end", "last");
    c.strict_mask = choice(at.at("mask"), "strict", "none");
    c.sees_positions = choice(at.at("positions"), "visible", "none");
    if (const Cursor d = at.at("key_dimension"); !d.is(Json::Kind::null)) {
        d.integer(1, 1);
        c.one_key_dimension = true;
    }
    if (!c.sees_positions && (!c.strict_mask || !c.reads_end || c.one_key_dimension || !c.activations))
        at.at("positions")
            .fail("networks without positions have a strict mask, an end symbol, bounded activations and any keys");
    return c;
}

}  // namespace attest::checker
