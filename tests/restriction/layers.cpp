#include "attest/decide/restriction/layers.hpp"

#include <catch2/catch.hpp>

#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "base/random.hpp"
#include "circuit/simulate.hpp"
#include "definitions.hpp"
#include "random_model.hpp"
#include "seed.hpp"

using namespace attest;
using namespace attest::restriction;

namespace {

std::vector<bool> inputs_of(const Function& f, const language::Word& word) {
    std::vector<bool> inputs;
    for (const circuit::Literal l : f.restricted_inputs(Restriction::only(word))) inputs.push_back(l == circuit::top);
    return inputs;
}

}  // namespace

TEST_CASE("the dependence of each activation is that of its values on all words", "[restriction]") {
    const std::uint64_t seed = tests::seed();
    std::size_t compared = 0, some = 0;
    for (std::uint64_t k = 0; k < 60; ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 4000 + k);
        tests::RandomModelOptions shape;
        shape.symbols = 2 + random.below(2);
        shape.layers = random.below(4);
        const network::Transformer t = tests::random_model(random, shape);
        const auto length = static_cast<std::int64_t>(1 + random.below(3));
        const auto compiled = compile_function(t, length, 0, {});
        const Function& f = std::get<Function>(compiled);
        Restriction r = Restriction::all_free(f.length());
        for (auto& symbol : r.fixed)
            if (random.chance(1, 4)) symbol = static_cast<language::Symbol>(random.below(shape.symbols));
        const auto layers = dependence_by_layer(f, r, {});
        REQUIRE(layers);
        REQUIRE(layers->on.size() == t.layers.size() + 1);
        const network::Evaluator evaluator(t, length);
        for (std::size_t b = 0; b < layers->on.size(); ++b)
            for (std::size_t p = 0; p < layers->on[b].size(); ++p) {
                CAPTURE(b, p);
                REQUIRE(layers->on[b][p].has_value() == !f.values[b][p].empty());
                if (!layers->on[b][p]) continue;
                const auto& on = *layers->on[b][p];
                CHECK(on == tests::observed(r, shape.symbols, [&](const language::Word& w) {
                          return evaluate(f.circuit, f.values[b][p], inputs_of(f, w));
                      }));
                // Later layers cannot read more than there is.
                const auto raw = tests::observed(r, shape.symbols, [&](const language::Word& w) {
                    network::Trace trace;
                    (void)evaluator.evaluate(w, &trace);
                    return trace.activations[b][p];
                });
                CHECK(std::includes(raw.begin(), raw.end(), on.begin(), on.end()));
                compared += 1;
                some += on.empty() ? 0 : 1;
            }
        const auto readout = static_cast<std::size_t>(t.readout_position(t.sequence_length(length))) - 1;
        CHECK(*layers->on.back()[readout] ==
              tests::matters(*restriction::tabulate(t, length, 1 << 12, {}), r, shape.symbols));
    }
    CHECK(compared > 100);
    CHECK(some > 30);
}

TEST_CASE("a parity tree reads one input more with each child", "[restriction]") {
    const auto compiled = compile_function(programs::zoo_model("parity-tree-2-2"), 8, 0, {});
    const Function& f = std::get<Function>(compiled);
    const auto layers = dependence_by_layer(f, Restriction::all_free(8), {});
    REQUIRE(layers);
    std::vector<std::size_t> most(3, 0);
    for (std::size_t b = 0; b < 3; ++b)
        for (const auto& on : layers->on[b])
            if (on) most[b] = std::max(most[b], on->size());
    CHECK(most == std::vector<std::size_t>{1, 3, 8});
}
