#include <catch2/catch.hpp>

#include "decide/threshold/witness.hpp"

using namespace attest;
using namespace attest::threshold;

TEST_CASE("Tables that look where the mask forbids are no network of the class") {
    NetworkClass c;
    c.layers = 2;
    c.activations = 2;
    c.mask = Mask::strict;
    const Specification strict{c, language::Language::parse("table:00", std::nullopt), 3};
    const auto judged = [&](std::int64_t from, std::int64_t to, Mask mask) {
        Specification s = strict;
        s.network.mask = mask;
        network::Guhat network = blank_network(s);
        network.attention[{1, 1, from, network.values.symbol(0)}] = {{to, network.values.symbol(1)}};
        return mistake(s, network);
    };
    CHECK(judged(1, 1, Mask::strict) == std::nullopt);
    CHECK(judged(3, 2, Mask::strict) == std::nullopt);
    CHECK(judged(1, 2, Mask::strict) == language::Word{0, 1, 0});
    CHECK(judged(2, 3, Mask::strict) == language::Word{0, 0, 1});
    CHECK(judged(1, 2, Mask::none) == std::nullopt);
}
